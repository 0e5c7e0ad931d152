"""Counting what follows what, smoothing the counts, and looking them up: NumPy, no network."""
