"""Lists of words that have a name here: known sources, those given at the start, and uploaded ones. No path, no URL."""

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from moregrad.data.corpus import Corpus, clean, read_corpus
from moregrad.data.files import read_words, refuse_file
from moregrad.data.reading import Reading
from moregrad.data.sources import FAKER, SOURCES, Found
from moregrad.errors import DataError, SourceError
from moregrad.suggestion import nearest
from moregrad.web.limits import Limits
from moregrad.web.problems import RequestError

ENDING = re.compile(r"(\.[a-z0-9]{1,8})?(\.gz)?$")
LONGEST_NAME = 80
UPLOAD = "upload-"


class Lists:
    """The lists that requests may name; `given` are those of the command line, by name, each with its source."""

    def __init__(self, limits: Limits, given: Mapping[str, str] | None = None) -> None:
        self._limits = limits
        self._given = dict(given or {})
        self._uploads: dict[str, tuple[str, bytes]] = {}
        self._numbers = count(1)

    def describe(self) -> list[dict[str, str]]:
        """Returns the name and the description of every list, those given first."""
        given = [{"name": name, "description": "given at the start"} for name in self._given]
        uploaded = [{"name": key, "description": f"uploaded as {name}"} for key, (name, _) in self._uploads.items()]
        known = [{"name": source.name, "description": source.description} for source in SOURCES.values()]
        return [*given, *uploaded, *known]

    def add(self, name: str, content: bytes) -> str:
        """Keeps the content of a file and returns the name by which requests know it; the oldest file is let go.

        Raises DataError for what is plainly no list.
        """
        # Only the last part of a path, and nothing that a terminal would obey.
        shown = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
        shown = shown[-LONGEST_NAME:] or "list.txt"
        refuse_file(shown, content)
        key = f"{UPLOAD}{next(self._numbers)}"
        self._uploads[key] = (shown, content)
        while len(self._uploads) > self._limits.uploads:
            del self._uploads[next(iter(self._uploads))]
        return key

    def read(self, name: str, settings: Mapping[str, Any], *, keep_duplicates: bool = False) -> Corpus:
        """Reads the list called `name` as fields of `Reading` say.

        Raises SourceError if there is none, RequestError if it has more words than are allowed, and what `read_corpus`
        does.
        """
        settings = {**settings, **self._bounds(), **({"keep_duplicates": True} if keep_duplicates else {})}
        if name in self._uploads:
            corpus = self._read_upload(name, Reading().replace(**settings))
        elif name in self._given or self._is_known(name):
            corpus = read_corpus(self._given.get(name, name), **settings)
        else:
            known = [each["name"] for each in self.describe()]
            raise SourceError(
                f"there is no list {name[:60]!r} here; did you mean {nearest(name[:60], known)!r}? "
                f"Give one of {', '.join(known)}, or upload a file"
            )
        if len(corpus) > self._limits.list_words:
            raise RequestError(
                f"{corpus.source} has {len(corpus):,} words, of which {self._limits.list_words:,} are taken here; "
                "give a part of it, or train by the command line",
                413,
            )
        return corpus

    def _bounds(self) -> dict[str, int]:
        most = 4 * self._limits.upload
        return {"max_line_bytes": min(most, Reading.max_line_bytes), "max_file_bytes": most}

    @staticmethod
    def _is_known(name: str) -> bool:
        return (name in SOURCES or name.startswith(FAKER)) and "://" not in name

    def _read_upload(self, key: str, reading: Reading) -> Corpus:
        name, content = self._uploads[key]
        ending = ENDING.search(name.lower())
        form = reading.form()
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"list{ending[0] if ending else ''}"
            path.write_bytes(content)
            try:
                words = read_words(path, form, name=name, limits=reading.limits)
                return clean(Found(name, f"uploaded as {name}", words), reading, form.notes)
            except DataError as error:
                # A reader may tell the file that it was given; nobody has a use for its name.
                error.args = (str(error).replace(str(path), name),)
                raise
