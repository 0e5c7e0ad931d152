"""Folders that Hugging Face's transformers loads, written and read without it."""
