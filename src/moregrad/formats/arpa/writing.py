"""N-gram models in ARPA's format, as KenLM, SRILM and others read it.

Each n-gram has two logarithms to the base of ten: of its probability, and of the weight that it leaves to shorter ones:

    p(w | h) = p(h w) if the file has h w, else backoff(h) p(w | h'),    h' is h without its first token.

The weights of `moregrad.ngrams.smoothing` are these: an n-gram that is not in the trie has a gain of 0.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jax
import numpy as np
from jaxtyping import Float, Int

from moregrad import atomic
from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import ModelError, StorageError
from moregrad.models.ngram import NGramModel
from moregrad.models.ngram_tables import NGramTables
from moregrad.ngrams.trie import MISSING, ROOT, Trie

if TYPE_CHECKING:
    from moregrad.runs.run import Run

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"

ZERO = -99.0
"""The logarithm of a probability of 0, as the format has it."""


def write_arpa(run: "Run", path: Path) -> None:
    """Writes the n-grams of `run` to `path`; raises ModelError for any other model, StorageError if it cannot."""
    if not isinstance(run.model, NGramModel):
        raise ModelError(
            f"an ARPA file holds n-grams, and this is a run of {run.architecture.name}; "
            "`moregrad train LIST --model ngram` makes one that can be exported so"
        )
    text = "".join(f"{line}\n" for line in to_lines(run.model, run.vocabulary))
    try:
        atomic.write_bytes(path, text.encode())
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}") from error


def spell(character: str) -> str:
    """Returns the token of `character`: itself, or its code point where it is white space, which divides tokens."""
    return f"<U+{ord(character):04X}>" if character.isspace() else character


def to_lines(model: NGramModel, vocabulary: Vocabulary) -> Iterator[str]:
    """Yields the lines of the file."""
    sections = list(_sections(model, vocabulary))
    yield "\\data\\"
    yield from (f"ngram {length}={len(lines)}" for length, lines in enumerate(sections, start=1))
    for length, lines in enumerate(sections, start=1):
        yield ""
        yield f"\\{length}-grams:"
        yield from lines
    yield ""
    yield "\\end\\"


def _sections(model: NGramModel, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Yields the lines of the n-grams of one token, of two, and so on, as far as there are any."""
    tables = jax.tree.map(np.asarray, model.tables)
    trie, vocab = tables.trie, len(vocabulary)
    suffix = np.full(len(trie.first), MISSING)
    for histories, shorter in trie.levels(vocab):
        suffix[histories.start : histories.stop] = shorter
    tokens = [END, *map(spell, vocabulary.characters)]
    # Every token is listed, counted or not.
    token, child = np.arange(vocab), trie.follow(np.full(vocab, ROOT), np.arange(vocab), vocab)
    history, names = np.full(vocab, ROOT), tokens
    while len(names):
        probability = _log10(_probability(tables, suffix, history, token, vocab))
        longest = child.max() >= len(tables.weight)
        backoff = np.zeros(len(names)) if longest else _log10(tables.weight[child])
        first = [f"{ZERO:g}\t{UNKNOWN}", _line(ZERO, BEGIN, float(backoff[BOUNDARY]))] if names is tokens else []
        # What ends a word is no history, though the boundary that begins one has the same node.
        ends = token == BOUNDARY
        shown = zip(probability.tolist(), names, np.where(ends, 0.0, backoff).tolist(), strict=True)
        yield [*first, *(_line(*each) for each in shown)]
        if longest:
            return
        heads = dict(zip(child.tolist(), [BEGIN, *names[1:]] if names is tokens else names, strict=True))
        history, child, token = _below(trie, child[child != MISSING])
        names = [f"{heads[above]} {tokens[last]}" for above, last in zip(history.tolist(), token.tolist(), strict=True)]


def _below(trie: Trie, nodes: Int[np.ndarray, " nodes"]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns the history, the node and the token of every n-gram that is one token longer than those at `nodes`."""
    parent, found = trie.children(range(int(nodes[0]), int(nodes[-1]) + 1))
    return nodes[0] + parent, np.arange(found.start, found.stop), np.asarray(trie.token[found], np.int64)


def _line(probability: float, gram: str, backoff: float) -> str:
    return f"{probability:.8g}\t{gram}" + (f"\t{backoff:.8g}" if backoff else "")


def _probability(
    tables: NGramTables,
    suffix: Int[np.ndarray, " histories"],
    history: Int[np.ndarray, " grams"],
    token: Int[np.ndarray, " grams"],
    vocab: int,
) -> Float[np.ndarray, " grams"]:
    """Returns p(token | history): what every shorter history leaves, from the shortest on."""
    chain = [history]
    while np.any(chain[-1] != MISSING):
        chain.append(suffix[chain[-1]])
    probability: Any = np.full(len(token), 1 / vocab)
    for shorter in reversed(chain):
        probability = tables.gain[tables.trie.follow(shorter, token, vocab)] + tables.weight[shorter] * probability
    return probability


def _log10(share: Float[np.ndarray, " shares"]) -> Float[np.ndarray, " shares"]:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(share), ZERO)
