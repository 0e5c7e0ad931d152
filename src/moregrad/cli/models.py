"""`moregrad models`."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from moregrad.cli.options import Json
from moregrad.cli.screen import print_json, say, show, table
from moregrad.errors import ModelError

if TYPE_CHECKING:
    from moregrad.models.architecture import Architecture


def models(
    *,
    preset: Annotated[str | None, Parameter(help="List published settings instead of the defaults.")] = None,
    vocabulary: Annotated[int, Parameter(help="Symbols for which parameters are counted, the boundary included.")] = 27,
    longest: Annotated[int, Parameter(help="Characters of the longest word for which they are counted.")] = 15,
    json: Json = False,
) -> None:
    """List the models with their parameters and settings."""
    from moregrad.models.catalogue import CATALOGUE, architecture
    from moregrad.models.presets import published

    if vocabulary < 1 or longest < 1:
        raise ModelError(f"vocabulary {vocabulary} and longest {longest}: both must be at least 1")
    found = published(preset) if preset else {name: architecture({"name": name}) for name in CATALOGUE}
    rows = [_row(shape, vocabulary, longest + 1) for shape in found.values()]
    if json:
        print_json(rows)
        return
    show(table(("model", "parameters", "what it is"), [list(row.values())[:3] for row in rows]))
    say(
        f"Parameters for {vocabulary} tokens and words of at most {longest} characters; counts grow with their list.\n"
        "`moregrad train --model NAME --help` shows the settings of each."
    )


def _row(shape: "Architecture", vocab: int, block: int) -> dict:
    return {
        "model": shape.name,
        "parameters": _parameters(shape, vocab, block) or None,
        "summary": shape.summary(),
        "settings": asdict(shape),
    }


def _parameters(shape: "Architecture", vocab: int, block: int) -> int:
    """How many trainable numbers the model would have, found without computing any of them."""
    import equinox as eqx
    import jax
    import jax.numpy as jnp
    import jax.random as jr
    import numpy as np

    from moregrad.layers.layer import parameters

    def blank(leaf: object) -> object:
        return jnp.asarray(np.zeros(leaf.shape, leaf.dtype)) if isinstance(leaf, jax.ShapeDtypeStruct) else leaf

    return parameters(jax.tree.map(blank, eqx.filter_eval_shape(shape.build, vocab, block, key=jr.key(0))))
