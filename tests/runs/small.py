"""A small list and settings that train on it in a moment."""

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SMALL = {"hidden": 8, "embedding": 4, "steps": 20, "eval_every": 10, "batch_size": 8, "schedule": "constant"}
