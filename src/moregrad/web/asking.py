"""Answers about a run: what Python's `Run` returns, within limits."""

from collections.abc import Sequence
from typing import Any

import msgspec

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import MoregradError
from moregrad.formats.facts import describe, map_characters
from moregrad.runs.run import Run
from moregrad.sampling.options import SPELLED, Sampling
from moregrad.web.forms import (
    Explained,
    Following,
    Losses,
    Made,
    Map,
    Measured,
    Prefix,
    Samples,
    Score,
    Scores,
    Shown,
    Word,
    Words,
    to_losses,
)
from moregrad.web.limits import Limits
from moregrad.web.playground import Playground, require_run
from moregrad.web.problems import RequestError

NO_FILE = ",\0"
"""Behind a ban: no file has such a name, so that the ban is read as words, and no word has such a character."""
NO_FILE_SHOWN = repr(NO_FILE)[1:-1]
"""As messages show it."""


async def sample(playground: Playground, asked: Sampling, run: str) -> Samples:
    """Makes new words; all that is wanted of them may be combined."""
    return await playground.compute(_sample, _find(playground, run), asked, playground.limits)


async def score(playground: Playground, asked: Words, run: str) -> Scores:
    """Tells how surprising words are, and every character of them, in nats."""
    found = _find(playground, run)
    _check_words(asked.words, playground.limits)
    rows = await playground.score(found, asked.words, asked.label)
    return Scores([Score(**row) for row in rows])


async def probabilities(playground: Playground, asked: Prefix, run: str) -> Following:
    """Tells how likely each character is after the beginning of a word."""
    found = _find(playground, run)
    _check_words([asked.prefix], playground.limits)
    answer = await playground.compute(found.probabilities, asked.prefix, label=asked.label)
    return Following(**answer.to_dict())


async def explain(playground: Playground, asked: Word, run: str) -> Explained:
    """Tells how surprising each character of a word is, its rank, and what was expected instead."""
    found = _find(playground, run)
    _check_words([asked.word], playground.limits)
    return await playground.compute(_explain, found, asked)


async def evaluate(playground: Playground, asked: Measured, run: str) -> Losses:
    """Measures the loss on the splits of a run, or on words."""
    found = _find(playground, run)
    _check_words(asked.words or (), playground.limits)
    if asked.words is None and asked.label is None and found.record.losses:
        return to_losses(found.record.losses)
    return to_losses(await playground.compute(found.evaluate, asked.words, label=asked.label))


async def place(playground: Playground, run: str) -> Map:
    """Returns the places of the characters in the plane by their embeddings."""
    return Map(**await playground.compute(map_characters, _find(playground, run)))


async def show(playground: Playground, run: str) -> Shown:
    """Tells what a page shows of a run."""
    return Shown(await playground.compute(describe, _find(playground, run)))


def _find(playground: Playground, name: str) -> Run:
    return require_run(playground.runs[name])


def _check_words(words: Sequence[str], limits: Limits) -> None:
    if len(words) > limits.words:
        raise RequestError(f"{len(words):,} words; a request may have {limits.words:,}: send several", 413)
    longest = max(map(len, words), default=0)
    if longest > limits.characters:
        raise RequestError(f"a word of {longest:,} characters; {limits.characters:,} are allowed", 413)


def _explain(run: Run, asked: Word) -> Explained:
    found, given = run.explain(asked.word, label=asked.label), run.given(asked.label)
    where = given.known.locate(EncodedWords.of([found.word], given.vocabulary))[0]
    return msgspec.convert({**found.to_dict(), "where": where}, Explained)


def _sample(run: Run, options: Sampling, limits: Limits) -> Samples:
    options.require("count", options.count <= limits.samples, f"at most {limits.samples:,} in a request")
    if options.max_length is not None:
        options.require("max_length", options.max_length <= limits.characters, f"at most {limits.characters:,} here")
    _check_words([getattr(options, name) for name in SPELLED], limits)
    settings: dict[str, Any] = dict(vars(options))
    if options.ban.strip():
        settings["ban"] = options.ban + NO_FILE
    try:
        made = run.sample(**settings)
    except MoregradError as error:
        error.args = (str(error).replace(NO_FILE_SHOWN, ""),)
        raise
    return Samples([Made(**each.to_dict()) for each in made], made.shortage.replace(NO_FILE_SHOWN, ""))
