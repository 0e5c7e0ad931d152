"""The manifest of a folder of parts: its work, told apart from any other, and its parts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moregrad.atomic import write_bytes
from moregrad.errors import StorageError
from moregrad.parts.footer import find_done
from moregrad.parts.part import Done, Part

NAME, FORMAT = "manifest.json", 1


@dataclass(frozen=True)
class Manifest:
    """The work of a folder: its `facts`, which tell it from any other work, its parts, and those that are done.

    The same facts make the same parts. Each part has the digest of the facts in its footer, so that it is known for
    what it is wherever it was made.
    """

    facts: Mapping[str, Any]
    parts: tuple[Part, ...]
    done: Mapping[int, Done] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The digest of the facts, wherever the run and the lists are, and of the version that makes the parts."""
        placeless = {**self.facts, "run": self.facts["run"]["sha256"], "lists": _digests(self.facts)}
        placeless["moregrad"] = version("moregrad")
        return sha256(json.dumps(placeless, sort_keys=True).encode()).hexdigest()

    def with_done(self, folder: Path) -> "Manifest":
        """Returns the manifest with the parts that are in `folder`."""
        return replace(self, done=find_done(self.parts, self.digest, folder))

    @property
    def missing(self) -> list[Part]:
        """The parts that are not done."""
        return [part for part in self.parts if part.number not in self.done]

    @property
    def rows(self) -> int:
        """Rows of the parts that are done."""
        return sum(each.rows for each in self.done.values())

    @property
    def problems(self) -> int:
        """Rows that have a problem among those that are done."""
        return sum(each.problems for each in self.done.values())

    @property
    def shortages(self) -> list[str]:
        """The reasons why parts hold fewer words than asked for."""
        return [each.shortage for _, each in sorted(self.done.items()) if each.shortage]

    def to_dict(self) -> dict[str, Any]:
        """Returns the manifest as plain data."""
        lists = self.facts.get("lists", ())
        parts = [
            {
                "file": part.file,
                **({} if part.source is None else {"list": lists[part.source]["path"], "start": part.start}),
                **(self.done[part.number].to_dict() if part.number in self.done else {"rows": part.rows}),
            }
            for part in self.parts
        ]
        whole = {"complete": not self.missing, "rows": self.rows if not self.missing else None}
        return {"format": FORMAT, "moregrad": version("moregrad"), **whole, **self.facts, "parts": parts}


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Writes the manifest into the folder of its parts, whole or not at all."""
    write_bytes(folder / NAME, f"{json.dumps(manifest.to_dict(), indent=1, ensure_ascii=False)}\n".encode())


def check_manifest(facts: Mapping[str, Any], folder: Path) -> None:
    """Raises StorageError if the manifest in `folder` is of work with other facts."""
    path, advice = folder / NAME, "name a new folder, or begin anew with --restart"
    try:
        difference = _difference(json.loads(path.read_bytes()), json.loads(json.dumps(facts)))
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}; {advice}") from error
    except Exception as error:
        raise StorageError(f"{path} is damaged or of something else; {advice}") from error
    if difference:
        raise StorageError(f"{folder} was begun {difference}; {advice}")


def _difference(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Says in what the work of a manifest differs from the work wanted; empty if in nothing."""
    if (held["format"], held["moregrad"]) != (FORMAT, version("moregrad")):
        return f"by moregrad {held['moregrad']}, and this is {version('moregrad')}"
    if held["command"] != wanted["command"]:
        return f"by `moregrad {held['command']}`"
    if held["run"]["sha256"] != wanted["run"]["sha256"]:
        return "with another run, or with this one before it changed"
    for name in sorted(held["settings"].keys() | wanted["settings"].keys()):
        before, now = held["settings"].get(name), wanted["settings"].get(name)
        if before != now:
            return f"with {name} {before!r:.60}, not {now!r:.60}"
    before, now = _digests(held), _digests(wanted)
    if len(before) != len(now):
        return f"with another number of lists, {len(before):,}, not {len(now):,}"
    changed = next((index for index, pair in enumerate(zip(before, now, strict=True)) if len(set(pair)) > 1), None)
    return "" if changed is None else f"when {wanted['lists'][changed]['path']} held something else"


def _digests(facts: Mapping[str, Any]) -> list[str]:
    return [each["sha256"] for each in facts.get("lists", ())]
