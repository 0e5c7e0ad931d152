"""Checkpoints of any content."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    """Writes a checkpoint and returns its path."""

    def write(content: bytes) -> Path:
        path = tmp_path / "model.pt"
        path.write_bytes(content)
        return path

    return write
