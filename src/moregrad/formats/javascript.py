"""One step of a model as JavaScript on typed arrays."""

import numpy as np

from moregrad.formats.translation.javascript_tables import ARRAYS, HELPERS, JAVASCRIPT
from moregrad.formats.translation.packing import Packed, pack
from moregrad.formats.translation.program import Buffer
from moregrad.formats.translation.step import Step
from moregrad.models.model import Model


def to_javascript(model: Model, vocab: int, *, half: bool = False) -> tuple[str, bytes]:
    """Returns a function expression in JavaScript and the bytes of the numbers that it needs.

    Called with these bytes as an ArrayBuffer, the function returns `{vocab, begin(), advance(state, token)}`; `advance`
    returns `{logits, state}` and leaves the state that it was given as it is, so that states may be kept. Token 0 is
    the boundary. With `half` trained weights are kept in 16 bits. Raises ModelError if the model computes what cannot
    be translated.
    """
    step = Step.of(model, vocab)
    packed = pack(step.program, half=half)
    code = "\n".join(
        [
            *(_declare(each, packed) for each in step.program.constants),
            *(_allocate(each) for each in step.temporaries),
            f"const begun = [{', '.join(map(_begun, step.begun))}];",
            f"return {{ vocab: {vocab}, begin: () => begun.map((each) => each.slice()), advance }};",
            *_advance(step, vocab),
        ]
    )
    parts = ["(function (weights) {", '"use strict";', "const f = Math.fround;", *HELPERS.called(code), code, "})"]
    return "\n".join(parts), packed.content


def _advance(step: Step, vocab: int) -> list[str]:
    logits, *after = step.outputs
    return [
        "function advance(state, token) {",
        f" if (!Number.isInteger(token) || token < 0 || token >= {vocab})",
        f'  throw new RangeError("token is " + token + "; it must be a whole number from 0 to {vocab - 1}");',
        f" const [{', '.join(each.name for each in step.state)}] = state;",
        *(f" {_allocate(each)}" for each in step.outputs),
        *JAVASCRIPT.lines(step.body, " "),
        f" return {{ logits: {logits.name}, state: [{', '.join(each.name for each in after)}] }};",
        "}",
    ]


def _allocate(buffer: Buffer) -> str:
    return f"const {buffer.name} = new {ARRAYS[buffer.dtype]}({buffer.size});"


def _declare(buffer: Buffer, packed: Packed) -> str:
    kind, place = packed.places[buffer]
    if kind == "plain":
        return f"const {buffer.name} = new {ARRAYS[buffer.dtype]}(weights, {place}, {buffer.size});"
    return f"const {buffer.name} = {kind}({place}, {buffer.size});"


def _begun(numbers: np.ndarray) -> str:
    dtype = str(numbers.dtype)
    written = [JAVASCRIPT.literal(each, dtype) for each in numbers.ravel().tolist()]
    if len(set(written)) == 1:
        return f"new {ARRAYS[dtype]}({len(written)}).fill({written[0]})"
    return f"new {ARRAYS[dtype]}([{', '.join(written)}])"
