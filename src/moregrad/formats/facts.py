"""The facts of a run that a page shows, as JSON data: its list, its model, its losses, its embeddings."""

import math
import re
from typing import Any

import numpy as np

from moregrad.data.sources import FAKER, SOURCES
from moregrad.evaluation.diagnostics.receptive_fields import token_tables
from moregrad.evaluation.scores import LONGEST
from moregrad.models.labelled import AnyLabel, GivenLabel
from moregrad.plots.embedding import project
from moregrad.runs.notebook import settings_of
from moregrad.runs.record import Record, describe_labels
from moregrad.runs.run import TRAIN, Run

COMPARED = 1000
"""Held-out words at most whose surprisal is told, for others to be compared with."""
MAPPED = 150
"""Characters on a map, the commonest ones."""
START = "start"
"""The boundary, as a model reads it: what stands before a word."""


def describe(run: Run) -> dict[str, Any]:
    """Returns what a page tells of `run`; numbers that are not finite are None.

    `longest_made` and `longest_read` are numbers of characters. `held_out` has the nats per character of held-out
    words, in ascending order and of many words every so many, and is None if there are none. No word of the list is
    among the facts, and of a file's path only its name. `labels` are those that a page may be asked for.
    """
    plain, verdict = run.given(), run.verdict
    return {
        "characters": plain.vocabulary.characters,
        "labels": list(run.record.labels or ()),
        "lower": plain.record.lower,
        "longest_made": plain.block - 1,
        "longest_read": min(plain.model.longest or LONGEST, LONGEST),
        "temperature": verdict.temperature if verdict else 1.0,
        "list": _describe_list(run.record),
        "model": {
            "name": run.architecture.name,
            "settings": settings_of(run.architecture),
            "parameters": run.record.parameters,
            "steps": run.step,
            "seconds": run.record.seconds,
        },
        "losses": {name: found.all.to_dict() for name, found in (run.record.losses or {}).items()},
        "metrics": [{name: _finite(number) for name, number in each.to_dict().items()} for each in run.metrics],
        "verdict": list(verdict.sentences) if verdict else [],
        "warnings": list(run.record.warnings),
        "held_out": _held_out(plain),
        "map": map_characters(run),
        "versions": {name: number for name, number in run.record.versions.items() if name != "platform"},
    }


def _describe_list(record: Record) -> dict[str, Any]:
    name, origin = record.source, record.origin
    if origin == f"read from {name}":
        # Folders are nobody's business but the user's.
        name = re.split(r"[\\/]", name)[-1]
        origin = f"read from {name}"
    return {
        "name": name,
        "origin": origin,
        "licence": _licence(record.source),
        "words": dict(record.words),
        "read": record.cleaning.read,
        "left_out": {reason: found.count for reason, found in record.cleaning.dropped.items() if found.count},
        "labels": describe_labels(record.labels) if record.labels else None,
    }


def _licence(source: str) -> str | None:
    """Returns the licence of a named list; of others nothing is on record."""
    kinds = {name.partition(":")[0]: known for name, known in SOURCES.items()}
    named = source in SOURCES or source.startswith(FAKER)
    return kinds[source.partition(":")[0]].licence if named else None


def _held_out(run: Run) -> dict[str, Any] | None:
    """Returns the nats per character of held-out words, at equal steps in ascending order if they are many."""
    nats = run.comparison.held_out.nats_per_character
    nats = nats[np.isfinite(nats)]
    if not len(nats):
        return None
    spaced = nats[np.linspace(0, len(nats) - 1, min(len(nats), COMPARED)).round().astype(int)]
    return {"words": len(nats), "nats_per_character": [round(each, 6) for each in spaced.tolist()]}


def map_characters(run: Run) -> dict[str, Any]:
    """Returns the places of characters by their embeddings in the plane, or the reason why there are none.

    `shares` are those of the variance that each axis keeps; `size` is the length of a vector. Of networks side by side
    it is the first one whose embeddings are shown; of more than 150 characters, the commonest.
    """
    model, run = run.model, run.given()
    tokens = np.arange(len(run.vocabulary))
    if isinstance(run.model, AnyLabel | GivenLabel):
        model, tokens = run.model.model, np.asarray(run.model.ids)
    tables = token_tables(model.inside)
    if not tables:
        return {"reason": f"The model, {run.architecture.name}, has no embeddings, so there is no map of the letters."}
    counts = np.bincount(run.splits[TRAIN].tokens, minlength=len(tokens))
    shown = np.sort(np.argsort(-counts, kind="stable")[:MAPPED])
    weight = np.asarray(next(iter(tables.values())).weight, np.float64)[tokens[shown]]
    if not np.isfinite(weight).all():
        return {"reason": "The embeddings are not all finite numbers, so there is no map of the letters."}
    places, shares = project(weight)
    characters = START, *run.vocabulary.characters
    left = len(tokens) - len(shown)
    return {
        "characters": [characters[index] for index in shown],
        "places": places.round(5).tolist(),
        "shares": shares.tolist(),
        "size": weight.shape[1],
        "note": f"The {left:,} rarest characters are left out." if left else "",
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
