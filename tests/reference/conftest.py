"""Figures, words and tapes that the reference tests share; which replays run by default."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moregrad.data.tape import Tape
from moregrad.data.vocabulary import Vocabulary

LETTERS = Vocabulary("abcdefghijklmnopqrstuvwxyz")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "full: trains a published run of minutes to its end; runs with -m full only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "full" not in config.option.markexpr:
        full = [item for item in items if "full" in item.keywords]
        items[:] = [item for item in items if "full" not in item.keywords]
        config.hook.pytest_deselected(items=full)


@pytest.fixture(scope="session")
def figures() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("lectures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tape_of(names_words) -> Callable[[str], Tape]:
    """The tape of a part of names.txt: as published runs call it, or a part of the lecture split."""
    words = list(names_words)
    shuffled = words.copy()
    random.Random(42).shuffle(shuffled)
    first, second = int(0.8 * len(words)), int(0.9 * len(words))
    parts = {
        "the first name": words[:1],
        "the first five names": words[:5],
        "the whole list": words,
        "the training words of the lecture split": shuffled[:first],
        "validation": shuffled[first:second],
    }
    return lambda name: Tape.of(parts[name], LETTERS)
