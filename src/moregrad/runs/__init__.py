"""From a list of words to a trained run in a folder."""
