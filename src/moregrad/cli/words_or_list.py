"""Words typed after a command, or the list that one of them names."""

import os
import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from moregrad.cli.screen import say
from moregrad.data.sources import SOURCES, is_named
from moregrad.errors import DataError

FILE_NAME = re.compile(r"[/\\]|\.[A-Za-z0-9]{1,8}$")
"""The signs of a file: a slash or an ending."""
CLOSE = 0.8
NEAR = 1000
"""Files of the folder among which one of a similar name is looked for."""


def words_or_list(typed: Sequence[str], *, as_words: bool) -> str | list[str]:
    """Returns the list that `typed` names or else the words that it holds, and says which where it could be both.

    A single argument is a list if it is the name of a list, a URL, - or an existing file. What looks like a file, by a
    slash or an ending such as .txt, but is none, is refused rather than scored, unless `as_words`.
    """
    if as_words:
        return list(typed)
    alone = len(typed) == 1
    if alone and (is_named(typed[0]) or _is_file(typed[0])):
        return typed[0]
    for word in typed:
        _refuse_list(word)
        if note := _ambiguity(word, alone=alone):
            say(f"note: {word!r:.60} is taken for a word{note}")
    return list(typed)


def _refuse_list(word: str) -> None:
    """Raises DataError for a word that looks like a file or a URL."""
    if "://" in word or (FILE_NAME.search(word) and _is_file(word)):
        raise DataError(f"{word!r:.60} names a list; give one list or several words, or --as-words to take it for one")
    if FILE_NAME.search(word):
        raise DataError(f"there is no file {word!r:.60}; give one that exists, or --as-words to take it for a word")


def _ambiguity(word: str, *, alone: bool) -> str:
    """Says that a list, a file or a folder is called as `word` or, if it stands alone, nearly so; else nothing."""
    if word in SOURCES or _is_file(word):
        return "; given alone, it is the list of that name"
    if os.path.isdir(word):
        return ", not for the folder of that name"
    close = _similar(word) if alone else None
    return f", not for the list {close!r:.60}" if close else ""


def _similar(word: str) -> str | None:
    """Returns the list or the file in this folder that is called nearly as `word`, with or without its ending."""
    names = {name: name for name in SOURCES}
    try:
        for path in islice(Path().iterdir(), NEAR):
            names |= {path.stem: path.name, path.name: path.name} if path.is_file() else {}
    except OSError:
        pass
    return next((names[name] for name in get_close_matches(word, names, n=1, cutoff=CLOSE)), None)


def _is_file(name: str) -> bool:
    return os.path.exists(name) and not os.path.isdir(name)
