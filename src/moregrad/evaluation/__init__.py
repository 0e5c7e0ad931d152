"""What words cost a model."""
