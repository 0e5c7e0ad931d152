"""Text in; integer arrays out."""
