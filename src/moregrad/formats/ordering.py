"""Primitives that sort, and those that run along an axis."""
