"""New words from a model."""
