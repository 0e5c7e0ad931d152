"""The published runs as data: configuration, random stream, printed figures."""
