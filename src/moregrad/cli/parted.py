"""Scores and samples that go into a folder of parts, or into one file by way of parts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moregrad.cli.options import as_option, as_typed
from moregrad.cli.rows_progress import rows_done
from moregrad.cli.screen import print_json, say
from moregrad.errors import MoregradError
from moregrad.parts.options import Parting

if TYPE_CHECKING:
    from moregrad.parts import Manifest, State

FEWER = 1


def is_folder(out: Path | None) -> bool:
    """Tells whether `out` names a folder of parts: one that exists, or a name without an ending."""
    return out is not None and (out.is_dir() or not out.suffix)


def are_tables(words: Sequence[str]) -> bool:
    """Tells whether all words are folders, or files, of Parquet tables."""
    return bool(words) and all(Path(word).is_dir() or (_is_table(word) and Path(word).is_file()) for word in words)


def refuse_parting(options: dict[str, Any]) -> None:
    """Raises MoregradError if one of the options of parts was given where there are none."""
    given = [as_option(name) for name, value in vars(Parting().replace(**options)).items() if value]
    if given:
        raise MoregradError(
            f"{given[0]} is for a folder of parts: name a folder, which has no ending such as .parquet, with --out"
        )


def do_parts(work: "Callable[[Callable[[State], None]], Manifest]", out: Path, what: str, *, json: bool) -> int:
    """Does work part by part, shows how far it has come, and tells what came of it; returns the exit code."""
    kept: list[int] = []
    with rows_done("words") as show:

        def watch(state: "State") -> None:
            if not kept and 0 < state.kept != state.total:
                say(f"going on: {state.kept:,} words in {out} are done already")
            kept.append(state.kept)
            show(state)

        manifest = work(watch)
    _tell(manifest, out, what, json=json)
    return FEWER if manifest.shortages else 0


def _tell(manifest: "Manifest", out: Path, what: str, *, json: bool) -> None:
    parts, done = len(manifest.parts), len(manifest.done)
    if manifest.problems:
        say(f"{manifest.problems:,} of {manifest.rows:,} words cannot be scored; each says why")
    if manifest.shortages:
        some = f"{len(manifest.shortages):,} of {parts:,} parts hold fewer words than asked for"
        say(f"moregrad: {some}, the first: {as_typed(manifest.shortages[0])}")
    if json:
        counts = {"words": manifest.rows, "problems": manifest.problems}
        folder = {"folder": str(out), **counts, "parts": parts, "done": done}
        print_json(folder if is_folder(out) else {"file": str(out), **counts})
    elif done < parts:
        say(f"{done:,} of {parts:,} parts are in {out}; the others are left to other shards")
    else:
        say(f"{manifest.rows:,} {what} to {out}" + (f" in {parts:,} parts" if is_folder(out) else ""))


def _is_table(word: str) -> bool:
    return Path(word).suffix.lower() == ".parquet"
