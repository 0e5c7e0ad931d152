"""Stopping and going on: the end is the same to the bit."""

import signal
import time
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Call, start

FILES = ("model.safetensors", "metrics.jsonl", "samples.txt", "words.safetensors")
LONG = (*SMALL, "--steps", "40000", "--every", "2000")


def contents(folder: Path) -> list[bytes]:
    """What is in the files of a run that say nothing of time."""
    return [(folder / name).read_bytes() for name in FILES]
