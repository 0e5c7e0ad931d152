"""A run as one file of C99 without dependencies, which samples and scores."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from moregrad.atomic import write_bytes
from moregrad.data.vocabulary import Vocabulary
from moregrad.formats.translation.c_tables import BYTES, HELPERS, TYPES, C
from moregrad.formats.translation.program import Buffer
from moregrad.formats.translation.step import Step
from moregrad.models.model import Model
from moregrad.runs.run import Run

ON_THE_STACK = 2**16
"""Bytes of intermediate results that are kept on the stack."""
READS = 1000
"""Characters of the longest word that is scored, where the model has no limit."""


def write_c(run: Run, path: Path) -> None:
    """Writes `run` to `path` as C99. Raises ModelError if its model computes what cannot be translated."""
    reads = READS if run.model.longest is None else run.model.longest
    limits = {"MOREGRAD_LONGEST": min(run.block - 1, reads), "MOREGRAD_READS": reads}
    parts = [
        _text("head.c"),
        f"#define MOREGRAD_VOCAB {len(run.vocabulary)}",
        *(f"#define {name} {limit}" for name, limit in limits.items()),
        *_symbols(run.vocabulary),
        to_c(run.model, len(run.vocabulary)),
        _text("sampler.c"),
    ]
    write_bytes(path, "\n".join(parts).encode())


def to_c(model: Model, vocab: int) -> str:
    """Returns the type `moregrad_state` and the functions `moregrad_begin` and `moregrad_advance` of a model.

    MOREGRAD_VOCAB must have been defined as `vocab`. Raises ModelError if the model computes what cannot be translated.
    """
    step = Step.of(model, vocab)
    functions = [*_begin(step), *_advance(step)]
    constants = [
        f"static const {_declare(buffer)} = {_list(numbers.tolist(), buffer.dtype)};"
        for buffer, numbers in step.program.constants.items()
    ]
    return "\n".join([*_state(step), *HELPERS.called("\n".join(functions)), *constants, *functions])


def _text(name: str) -> str:
    return files("moregrad.formats").joinpath(name).read_text("utf-8")


def _symbols(vocabulary: Vocabulary) -> Iterator[str]:
    yield "\n/* The characters by their tokens, in UTF-8; token 0 is the boundary before and after a word. */"
    quoted = [f'"{_escape(character)}"' for character in ["", *vocabulary.characters]]
    yield f"const char *const moregrad_symbols[MOREGRAD_VOCAB] = {{{', '.join(quoted)}}};"


def _escape(character: str) -> str:
    plain = character.isascii() and character.isalnum()
    return character if plain else "".join(f"\\{byte:03o}" for byte in character.encode())


def _state(step: Step) -> Iterator[str]:
    yield "\n/* What the model remembers of a word so far; a copy of it branches. */"
    yield "typedef struct {"
    yield from (f"  {_declare(buffer)};" for buffer in step.state)
    if not step.state:
        yield "  char none;"
    yield "} moregrad_state;\n"


def _begin(step: Step) -> Iterator[str]:
    begun = [_list(numbers.ravel().tolist(), str(numbers.dtype)) for numbers in step.begun]
    yield "\n/* Begins a word: `state` is then that before its opening boundary, token 0. */"
    yield "void moregrad_begin(moregrad_state *state) {"
    yield f"  static const moregrad_state begun = {{{', '.join(begun) or '0'}}};"
    yield "  *state = begun;"
    yield "}"


def _advance(step: Step) -> Iterator[str]:
    arrays = [*step.outputs, *step.temporaries]
    room = sum(each.size * BYTES[each.dtype] for each in arrays)
    static = "" if room <= ON_THE_STACK else "static "
    yield "\n/* Reads a token, from 0 to MOREGRAD_VOCAB - 1: `logits` are then those of the next one, and `state` that"
    yield f"   after it. {'Only one thread may call it at a time. ' if static else ''}*/"
    yield "void moregrad_advance(moregrad_state *state, int token, float logits[MOREGRAD_VOCAB]) {"
    for buffer in step.state:
        yield f"  const {TYPES[buffer.dtype]} *{buffer.name} = state->{buffer.name};"
    yield from (f"  {static}{_declare(buffer)};" for buffer in arrays)
    yield from C.lines(step.body, "  ")
    for target, buffer in zip(["logits", *(f"state->{each.name}" for each in step.state)], step.outputs, strict=True):
        yield f"  memcpy({target}, {buffer.name}, sizeof {buffer.name});"
    yield from ["  (void)token;", *(f"  (void){buffer.name};" for buffer in step.state), "}", ""]


def _declare(buffer: Buffer) -> str:
    return f"{TYPES[buffer.dtype]} {buffer.name}[{max(buffer.size, 1)}]"


def _list(numbers: Sequence[float], dtype: str) -> str:
    return f"{{{', '.join(C.literal(each, dtype) for each in numbers) or '0'}}}"
