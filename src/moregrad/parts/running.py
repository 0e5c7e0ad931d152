"""Work done part by part into a folder or one file, by this process or by the workers of a cluster."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from moregrad.configuration import accepts, shorten
from moregrad.data.many_files import is_parquet
from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError, StorageError
from moregrad.parts.cluster import over_cluster
from moregrad.parts.folder import begin, discard_parts, working_folder
from moregrad.parts.footer import find_sound
from moregrad.parts.joining import join
from moregrad.parts.lists import find_lists
from moregrad.parts.making import Making
from moregrad.parts.manifest import Manifest, write_manifest
from moregrad.parts.options import Parting
from moregrad.parts.part import Done, Part
from moregrad.parts.progress import Progress, Watch
from moregrad.parts.run_file import RunFile
from moregrad.parts.scoring import Scoring
from moregrad.parts.work import Target, Work, make_here
from moregrad.sampling.options import Sampling

SCORED, MADE = 2**18, 2**17
"""Rows of a part, some seconds of work."""

Place = str | os.PathLike[str]


@accepts(Parting)
def score_parts(
    run: Place,
    lists: Place | Iterable[Place],
    out: Place,
    *,
    reading: Reading | None = None,
    label: str | None = None,
    novel: bool = False,
    rank: bool = False,
    strict: bool = False,
    watch: Watch | None = None,
    **settings: Any,
) -> Manifest:
    """Scores every row of `lists`, files and folders of Parquet tables, under the run in folder `run`, part by part.

    `out` is a folder, in which each part is a file beside `manifest.json`, or a new .parquet file, whose parts are in
    a folder beside it until all are done. What was begun before with the same arguments goes on: nothing is lost and
    nothing is done twice. The columns are those of the lists and of `rate_words`; `settings` are the fields of
    `Parting`, such as cluster="local:4". `watch` is called with the progress. Returns the manifest; it has `missing`
    parts only if other shards have them. Raises StorageError where `out` holds other work, DataError for a list that
    cannot be read.
    """
    parting, reading = Parting().replace(**settings), reading or Reading()
    places = [lists] if isinstance(lists, str | os.PathLike) else lists
    files = find_lists(places)
    work = Scoring(RunFile.of(Path(run)), files, reading, parting.part_rows or SCORED, label, novel, rank, strict)
    return do(work, Path(out), parting, watch)


@accepts(Sampling, Parting)
def sample_parts(
    run: Place, count: int, out: Place, *, plain: bool = False, watch: Watch | None = None, **settings: Any
) -> Manifest:
    """Makes `count` words of the run in folder `run`, part by part, as `score_parts` scores them.

    `settings` are the fields of `Sampling` and `Parting`. Each part is drawn with a key folded from the seed and its
    number. Words may be repeated, also where they are `novel`; `distinct` is refused unless one part is enough. The
    columns are those of `Sample.to_dict`, if `plain` the words alone.
    """
    own = {name: settings.pop(name) for name in list(settings) if name in Parting.settings()}
    parting, options = Parting().replace(**own), Sampling().replace(**settings)
    if not isinstance(count, int) or count < 1:
        raise ConfigurationError(
            f"sampling: count is {shorten(count)}; it must be a whole number of at least 1", setting="count"
        )
    rows = parting.part_rows or MADE
    if rows > 10**6:
        raise ConfigurationError(
            f"parts: part_rows is {rows:,}; it must be at most 1,000,000 words", setting="part_rows"
        )
    return do(Making(RunFile.of(Path(run)), options, count, rows, plain), Path(out), parting, watch)


def do(work: Work, out: Path, parting: Parting, watch: Watch | None = None) -> Manifest:
    """Does those parts of `work` that are not done yet, in the folder `out` or beside the new .parquet file `out`."""
    if not is_parquet(out) or out.is_dir():
        return _do_in(work, out, parting, watch)
    folder = out.with_name(f"{out.name}.parts")
    if out.exists():
        left = f", and remove {folder}, which a killed process left" if folder.is_dir() else ""
        raise StorageError(f"{out} exists, and nothing is overwritten; name another file with --out{left}")
    if parting.shard:
        raise ConfigurationError("parts: shard is given, and shares meet in a folder; name one with --out, not a file")
    manifest = _do_in(work, folder, parting, watch)
    join([folder / part.file for part in manifest.parts], out)
    discard_parts(folder)
    return manifest


def _do_in(work: Work, folder: Path, parting: Parting, watch: Watch | None) -> Manifest:
    index, shards = parting.share
    manifest = Manifest(work.facts, work.parts)
    with working_folder(folder, "working" if shards == 1 else f"shard-{index + 1}-of-{shards}") as working:
        begin(manifest, folder, restart=parting.restart)
        target = Target(working, folder, manifest.digest)
        mine = [part for part in manifest.parts if part.number % shards == index]
        done = find_sound(mine, manifest.digest, folder)
        _make_missing(work, mine, done, target, parting.cluster, watch)
        manifest = manifest.with_done(folder)
        if not manifest.missing:
            write_manifest(manifest, folder)
        elif shards == 1:
            lost = manifest.missing[0].file
            raise StorageError(f"{folder} lost {lost} while others were made; give the same command once more")
    return manifest


def _make_missing(
    work: Work, mine: Sequence[Part], done: Mapping[int, Done], target: Target, cluster: str | None, watch: Watch | None
) -> None:
    progress = Progress(mine, done, watch)
    if not (left := [part for part in mine if part.number not in done]):
        return
    asked = (work, left, target, progress.add)
    with closing(over_cluster(*asked, cluster) if cluster else make_here(*asked)) as made:
        for _ in made:
            pass
