"""The published runs as data: configuration, random generator, printed figures."""
