"""`moregrad models`."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge, Le
from cyclopts import Parameter

from moregrad.cli.options import Json, Number, Text
from moregrad.cli.screen import print_json, show, table, tell

if TYPE_CHECKING:
    from moregrad.models.architecture import Architecture

TOKENS = sys.maxunicode + 2
"""Every character there is, and the boundary."""

Vocabulary = Annotated[
    int, Number("Tokens for which parameters are counted, the boundary included.", Ge(1), Le(TOKENS))
]
Longest = Annotated[int, Number("Characters of the longest word for which they are counted.", Ge(1), Le(10**6))]


def models(
    *,
    preset: Annotated[Text | None, Parameter(help="List published settings instead of the defaults.")] = None,
    vocabulary: Vocabulary = 27,
    longest: Longest = 15,
    json: Json = False,
) -> None:
    """List the models with their parameters and settings, the smallest first."""
    from moregrad.models.catalogue import CATALOGUE
    from moregrad.models.presets import published

    found = published(preset) if preset is not None else {name: kind() for name, kind in CATALOGUE.items()}
    rows = [_row(architecture, vocabulary, longest + 1) for architecture in found.values()]
    rows.sort(key=lambda row: row["parameters"] or 0)
    if json:
        print_json(rows)
        return
    show(table(("model", "parameters", "what it is"), [list(row.values())[:3] for row in rows]))
    tell(
        f"Parameters for {vocabulary} tokens and words of at most {longest} characters; counts grow with their list.\n"
        "`moregrad train --model NAME --help` shows the settings of each."
    )


def _row(architecture: "Architecture", vocab: int, block: int) -> dict[str, Any]:
    settings = architecture.to_dict()
    return {
        "model": settings.pop("name"),
        "parameters": architecture.parameters(vocab, block) or None,
        "summary": architecture.summary(),
        "settings": settings,
    }
