"""`moregrad sample`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_wishes
from moregrad.cli.options import Flag, Json, Lower, Place, RunFolder, as_typed, takes, values
from moregrad.cli.out_file import check_out
from moregrad.cli.parted import do_parts, is_folder, refuse_parting
from moregrad.cli.screen import pad, print_json, say
from moregrad.cli.terminal import on_one_line
from moregrad.parts.options import Parting
from moregrad.sampling.options import Sampling

if TYPE_CHECKING:
    from moregrad.sampling.words import Sample, Samples

OUT = (
    "Write the words to this new file instead: a .txt of words, or a .csv, .tsv, .json, .jsonl or .parquet table. A "
    "name without an ending is a folder of parts, for any number of words: the same command goes on after a kill."
)
ENDINGS = (".txt", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet")
FEWER = 1
PLACE = 12
"""Columns of the split that holds a word, if its label follows."""


@takes(sampling=("Sampling", Sampling.settings()), parts=("Parts", Parting.settings()))
def sample(
    run: RunFolder,
    /,
    *,
    sampling: Any = None,
    parts: Any = None,
    lower: Lower = False,
    plain: Annotated[bool, Flag("Print the words and nothing else.")] = False,
    out: Annotated[Place | None, Parameter(help=OUT)] = None,
    json: Json = False,
) -> int:
    """Make new words, each with its loss and the split that holds it, or new.

    All that is wanted of the words may be combined, such as --prefix, --pattern
    and --unlike; wishes that exclude one another are told, and exit code 2.
    Words that have not ended at the greatest length are drawn again, never cut.
    The exit code is 1 if not as many words as asked for can be found that end in
    time and are as they are wanted.
    """
    if out and is_folder(out):
        return _sample_parts(run, out, values(sampling), values(parts), lower=lower, plain=plain, json=json)
    refuse_parting(values(parts))
    options = Sampling().replace(**values(sampling))
    file = check_out(out, ENDINGS) if out else None
    loaded = moregrad.load(run)
    options = lower_wishes(loaded, options, asked=lower)
    made = loaded.sample(**vars(options))
    if file:
        _write(made, file, plain=plain, json=json)
    else:
        _print(made, plain=plain, json=json)
    if made.shortage:
        say(f"moregrad: {as_typed(made.shortage)}")
        return FEWER
    return 0


def _sample_parts(
    run: Path, out: Path, asked: dict[str, Any], parting: dict[str, Any], *, lower: bool, plain: bool, json: bool
) -> int:
    from moregrad.parts import sample_parts
    from moregrad.parts.run_file import RunFile

    count = asked.pop("count", Sampling.count)
    options = vars(lower_wishes(RunFile.of(run).load(), Sampling().replace(**asked), asked=lower))
    return do_parts(
        lambda watch: sample_parts(run, **{**options, "count": count}, out=out, plain=plain, watch=watch, **parting),
        out,
        "words written",
        json=json,
    )


def _write(made: "Samples", file: Path, *, plain: bool, json: bool) -> None:
    """Writes the words to a new file, a text or if `plain` without what is told of each."""
    import polars as pl

    from moregrad.data.files import write_table

    rows = [{"word": sample.word} if plain else sample.to_dict() for sample in made]
    write_table(pl.DataFrame(rows, schema=None if rows else {"word": pl.String}, infer_schema_length=None), file)
    if json:
        print_json({"file": str(file), "words": len(made)})
    else:
        say(f"{len(made):,} words written to {file}")


def _print(made: "Samples", *, plain: bool, json: bool) -> None:
    if json:
        print_json(*(sample.to_dict() for sample in made))
    elif plain:
        print("".join(f"{sample.word}\n" for sample in made), end="")
    else:
        if not made:
            return
        width = max(len("word"), *(len(sample.word) for sample in made)) + 2
        labelled = any(sample.label is not None for sample in made)
        lines = (
            f"{pad(sample.word, width)}{sample.nats_per_character:9.4f}  {_place(sample, labelled)}\n"
            for sample in made
        )
        print(
            f"{'word':<{width}}{'nats/char':>9}  {pad('where', PLACE) + 'label' if labelled else 'where'}\n",
            *lines,
            sep="",
            end="",
        )


def _place(sample: "Sample", labelled: bool) -> str:
    return pad(sample.where, PLACE) + on_one_line(sample.label or "") if labelled else sample.where
