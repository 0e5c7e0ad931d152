"""Losses as TensorBoard event files, read back record by record."""

import struct
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import moregrad
from moregrad.cli.tensorboard import event_files
from moregrad.errors import MoregradError


def events(path: Path) -> Iterator[tuple[str, float, int]]:
    """Reads TFRecords: the length of each in eight bytes, its checksum in four, the event, its checksum in four."""
    from tensorboardX.proto.event_pb2 import Event  # pyright: ignore[reportAttributeAccessIssue]

    content = path.read_bytes()
    while content:
        (length,) = struct.unpack("<Q", content[:8])
        event = Event.FromString(content[12 : 12 + length])
        content = content[16 + length :]
        for value in event.summary.value:
            yield value.tag, value.simple_value, event.step


def test_every_evaluation_is_an_event_for_each_loss(run_folder: Path, tmp_path: Path):
    run = moregrad.load(run_folder)
    with event_files(run, tmp_path) as callback:
        for step in (10, 20):
            callback(replace(run, metrics=(moregrad.Metrics(step, train=2.5, validation=step / 8),)))
    (path,) = (tmp_path / "tensorboard").iterdir()
    assert sorted(events(path)) == [
        ("loss/train", 2.5, 10),
        ("loss/train", 2.5, 20),
        ("loss/validation", 1.25, 10),
        ("loss/validation", 2.5, 20),
    ]


def test_without_tensorboardx_it_says_how_to_install_it(
    run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    with pytest.raises(MoregradError, match="pip install"), event_files(moregrad.load(run_folder), tmp_path):
        pass
