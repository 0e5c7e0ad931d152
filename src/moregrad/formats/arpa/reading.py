"""Reading ARPA's format: the n-grams of characters that moregrad, KenLM and others write."""

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import DataError
from moregrad.formats.arpa.writing import BEGIN, END, UNKNOWN, ZERO
from moregrad.formats.foreign import Foreign, read_content
from moregrad.models.ngram import NGram, NGramModel
from moregrad.models.ngram_tables import NGramTables
from moregrad.ngrams.counting import ABSENT, Grams
from moregrad.ngrams.smoothing import Interpolation

LONGEST = 10
"""Tokens in the longest n-gram that a model may have."""

ROUNDING = 1e-4
"""The most by which the shares of a history may differ from one, since they are written in decimals."""

SPELLED = re.compile(r"<U\+([0-9A-F]{4,6})>")
DATA, CLOSING = b"\\data\\", b"\\end\\"


@dataclass(frozen=True, eq=False)
class Section:
    """N-grams of one length, in the order of their tokens.

    `probability` is that of the last token, or not a number for an n-gram that only longer ones imply, and `weight`
    what its tokens leave to shorter histories.
    """

    tokens: Int[np.ndarray, "grams length"]
    probability: Float[np.ndarray, " grams"]
    weight: Float[np.ndarray, " grams"]


Found = dict[tuple[str, ...], tuple[float, float]]
"""N-grams of one length as they are written, with the logarithms of their probability and their weight."""


def read_arpa(path: Path) -> Foreign:
    """Reads the n-gram model in `path`.

    What the file leaves to unknown tokens is shared out evenly among the known ones, as moregrad knows no others.
    Raises DataError for a file that is none, is damaged, or holds tokens of several characters or probabilities that no
    interpolation gives.
    """
    grams = _parse(read_content(path).splitlines())
    characters = {_character(token): token for (token,) in grams[0] if token not in (BEGIN, END, UNKNOWN)}
    vocabulary = Vocabulary("".join(sorted(characters)))
    ids = {characters[character]: index for index, character in enumerate(vocabulary.characters, start=1)}
    ids |= {BEGIN: BOUNDARY, END: BOUNDARY}
    unknown, _ = grams[0].pop((UNKNOWN,), (ZERO, 0.0))
    _, opening = grams[0].pop((BEGIN,), (ZERO, 0.0))
    if (END,) not in grams[0]:
        raise DataError(f"it has no {END}, so no word ends")
    grams[0][END,] = grams[0][END,][0], opening
    sections = [_as_arrays(found, ids) for found in grams]
    model = _interpolate(_complete(sections), float(_share(unknown)), len(vocabulary))
    origin = f"the ARPA file {path.name}, which names no smoothing"
    return Foreign(model.architecture, model, origin, len(vocabulary), vocabulary)


def _parse(lines: list[bytes]) -> list[Found]:
    """Returns the n-grams of each length."""
    reading = (line for line in map(bytes.strip, lines) if line)
    if next(reading, b"") != DATA:
        raise DataError("it does not begin with \\data\\, as an ARPA file does")
    counts: list[int] = []
    line = next(reading, b"")
    while found := re.fullmatch(rb"ngram +(\d{1,3}) *= *(\d{1,12})", line):
        if int(found[1]) != len(counts) + 1:
            raise DataError(f"its counts of n-grams are not those of 1, 2, ... tokens: {line!r:.60}")
        counts.append(int(found[2]))
        line = next(reading, b"")
    if not 1 <= len(counts) <= LONGEST:
        raise DataError(f"it has n-grams of up to {len(counts)} tokens; moregrad reads 1 to {LONGEST}")
    grams = []
    for length, count in enumerate(counts, start=1):
        if line != b"\\%d-grams:" % length:
            raise DataError(f"it has {line!r:.60} where its n-grams of {length} tokens should begin")
        found, line = _read_section(reading, length)
        if len(found) != count:
            raise DataError(f"it has {len(found):,} n-grams of {length} tokens and says {count:,}; is it cut off?")
        grams.append(found)
    if line != CLOSING:
        raise DataError(f"it ends with {line!r:.60}, not with \\end\\; is it cut off?")
    return grams


def _read_section(lines: Iterator[bytes], length: int) -> tuple[Found, bytes]:
    """Returns the n-grams of one section, and the line after them."""
    found: Found = {}
    for line in lines:
        if line.startswith(b"\\") and len(line.split()) == 1:
            return found, line
        fields = line.split()
        try:
            gram = tuple(field.decode() for field in fields[1 : length + 1])
            logs = [float(each) for each in (fields[0], *fields[length + 1 :], b"0")]
        except ValueError as error:
            raise DataError(f"its line {line!r:.60} is no n-gram: {error}") from error
        whole = len(gram) == length and len(logs) < 4 and gram not in found
        if not whole or math.isnan(sum(logs)) or logs[0] > ROUNDING:
            raise DataError(f"its line {line!r:.60} is no n-gram of {length} tokens, or is there twice")
        found[gram] = logs[0], logs[1]
    return found, b""


def _character(token: str) -> str:
    if spelled := SPELLED.fullmatch(token):
        token = chr(min(int(spelled[1], 16), sys.maxunicode))
    if len(token) != 1:
        raise DataError(f"it has the token {token!r:.60}; moregrad reads n-grams of characters, each by itself")
    return token


def _as_arrays(found: Found, ids: dict[str, int]) -> Section:
    rows = []
    for gram in found:
        if BEGIN in gram[1:] or END in gram[:-1] or not ids.keys() >= set(gram):
            raise DataError(f"its n-gram {' '.join(gram)!r:.60} has a token where it cannot be")
        rows.append([ids[token] for token in gram])
    logs = np.array(list(found.values())).reshape(-1, 2)
    return Section(np.array(rows, np.int64).reshape(len(rows), -1), _share(logs[:, 0]), _share(logs[:, 1]))


def _share(log: Float[np.ndarray, "*axes"] | float) -> Float[np.ndarray, "*axes"]:
    with np.errstate(over="ignore"):
        return np.where(np.asarray(log) <= ZERO, 0.0, np.power(10.0, log))


def _complete(sections: list[Section]) -> list[Section]:
    """Returns the n-grams in order, and with each those without its first and its last token, as a trie needs."""
    whole: list[Section] = []
    implied = np.zeros((0, len(sections)), np.int64)
    for section in reversed(sections):
        tokens, place = np.unique(np.concatenate([section.tokens, implied]), axis=0, return_inverse=True)
        own = place.reshape(-1)[: len(section.tokens)]
        probability, weight = np.full(len(tokens), np.nan), np.ones(len(tokens))
        probability[own], weight[own] = section.probability, section.weight
        whole.append(Section(tokens, probability, weight))
        implied = np.concatenate([tokens[:, :-1], tokens[:, 1:]])
    return whole[::-1]


def _interpolate(sections: list[Section], unknown: float, vocab: int) -> NGramModel:
    """Returns the model whose gains and weights give these probabilities."""
    kind, nothing = np.min_scalar_type(vocab - 1), np.zeros(1, np.int32)
    levels = [Grams(0, nothing, nothing.astype(kind), nothing, nothing, np.zeros(1, bool), 0)]
    smoothed: list[Interpolation] = []
    # Unknown tokens have no node: what they are left, the uniform distribution gets.
    weight, shorter = np.array([unknown]), np.zeros(1)
    for length, section in enumerate(sections, start=1):
        above, last = levels[-1], section.tokens[:, -1]
        history = _find(section.tokens[:, :-1], levels, vocab)
        suffix = _find(section.tokens[:, 1:], levels, vocab)
        left = weight[history] * shorter[suffix]
        probability = np.where(np.isnan(section.probability), left, section.probability)
        smoothed.append(_interpolation(probability - left, weight, history))
        opening = section.tokens[:, 0] == BOUNDARY if length == 1 else above.opening[history]
        start = 0 if length == 1 else ABSENT
        count = np.zeros(len(last), np.int64)
        levels.append(Grams(length, history, last.astype(kind), suffix, count, opening, start))
        weight, shorter = section.weight, probability
    return NGramModel(NGramTables.of(levels, smoothed, vocab), NGram(order=len(sections)), vocab)


def _find(tokens: Int[np.ndarray, "grams length"], levels: list[Grams], vocab: int) -> Int[np.ndarray, " grams"]:
    """Returns the index of each n-gram among those of its length, which are in the order of their tokens."""
    index = np.zeros(len(tokens), np.int64)
    for level, token in zip(levels[1:], tokens.T, strict=False):
        keys = level.history.astype(np.int64) * vocab + level.token
        index = np.searchsorted(keys, index * vocab + token)
    return index.astype(np.int32)


def _interpolation(
    gain: Float[np.ndarray, " grams"], weight: Float[np.ndarray, " histories"], history: Int[np.ndarray, " grams"]
) -> Interpolation:
    """Returns gains and weights as shares of their histories; raises DataError if they are none."""
    whole = np.bincount(history, weights=gain, minlength=len(weight)) + weight
    if np.abs(whole - 1).max() > ROUNDING:
        raise DataError("its probabilities do not add up to one after every history; is it damaged?")
    if gain.min(initial=0) < -ROUNDING or weight.max() > 1 + ROUNDING:
        raise DataError(
            "it makes some n-grams less probable than shorter ones do; moregrad reads interpolated models, as it and "
            "KenLM write them"
        )
    return Interpolation(gain.clip(0, 1), weight.clip(0, 1))
