"""Figures, words and splits that the reference tests share; the marker of replays that do not run by default."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moregrad.data.corpus import Corpus, read_corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.splits import Splits, split


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
def corpus(names_path: Path) -> Corpus:
    """names.txt as the lectures read it."""
    return read_corpus(names_path, keep_duplicates=True)


@pytest.fixture(scope="session")
def lecture_split(corpus: Corpus) -> Splits:
    return split(corpus, "lecture")


@pytest.fixture(scope="session")
def encoded_part(corpus: Corpus, lecture_split: Splits) -> Callable[[str], EncodedWords]:
    """Encodes a part of names.txt, called as published runs call it, or the validation split."""
    parts = {
        "the first name": corpus.words[:1],
        "the first five names": corpus.words[:5],
        "the whole list": corpus.words,
        "the training words of the lecture split": lecture_split.train,
        "validation": lecture_split.validation,
    }
    return lambda name: corpus.encode(parts[name])
