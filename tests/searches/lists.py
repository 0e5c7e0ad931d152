"""A short list, and settings of trainings that take no time."""

from typing import Any

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina", "ola")]
SHORT: dict[str, Any] = {"steps": 12, "eval_every": 4, "batch_size": 8}
