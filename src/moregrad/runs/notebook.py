"""A run as a notebook shows it: what it is, its losses, what came of it, and their curve."""

import math
from html import escape

from moregrad.estimate import EstimateWithError
from moregrad.evaluation.scores import Score
from moregrad.models.architecture import Architecture
from moregrad.runs.record import describe_labels
from moregrad.runs.run import TRAIN, Run
from moregrad.text_table import TextTable

SHOWN = 5
"""Words of the list that are shown."""


def describe(run: Run) -> str:
    """Returns a summary as HTML: the model, the list, the losses on each split, and their curve as SVG."""
    return "".join((_introduce(run), _losses(run), _verdict(run), _curve(run)))


def _introduce(run: Run) -> str:
    model = settings_of(run.architecture)
    plain = run.given()
    words = plain.splits[TRAIN].first(SHOWN).words(plain.vocabulary).to_list()
    counts = ", ".join(f"{count:,} {name}" for name, count in run.record.words.items())
    rows = [
        ("model", f"{run.architecture.name}: {model}" if model else run.architecture.name),
        ("parameters", f"{run.record.parameters:,}"),
        ("steps", f"{run.step:,} of {run.recipe.steps:,}, {run.record.seconds:,.1f} s"),
        ("list", f"{run.record.source}: {', '.join(words)}, ..."),
        ("words", counts),
        ("characters", plain.vocabulary.characters[:80]),
        *([("labels", describe_labels(run.record.labels))] if run.record.labels else []),
    ]
    cells = (f'<tr><th style="text-align: left">{name}</th>{_cell(text)}</tr>' for name, text in rows)
    return f"<table>{''.join(cells)}</table>"


def settings_of(architecture: Architecture) -> str:
    """Returns the settings of an architecture in one line, without those that are its members."""
    settings = {name: value for name, value in architecture.to_dict().items() if name not in ("name", "members")}
    return ", ".join(f"{name} {value}" for name, value in settings.items() if value != [])


def _cell(text: str) -> str:
    return f'<td style="text-align: left">{escape(text)}</td>'


def _losses(run: Run) -> str:
    if not run.record.losses:
        return "<div>No loss is on record yet: the training has not ended.</div>"
    rows = [
        (
            *(name, _nats(loss.all), loss.all.bits, loss.all.perplexity, _nats(loss.unseen)),
            _nats(loss.given_new) if loss.given_new else "-",
        )
        for name, loss in run.record.losses.items()
    ]
    columns = ("loss per character", "nats", "bits", "perplexity", "nats, words not trained on", "given new")
    return TextTable(columns, rows, formats=dict.fromkeys(columns[1:], ".4f")).to_html()


def _nats(score: Score) -> float | str:
    return "-" if math.isnan(score.nats) else EstimateWithError(score.nats, score.standard_error)


def _verdict(run: Run) -> str:
    return "".join(f"<div>{escape(sentence)}</div>" for sentence in run.verdict.sentences) if run.verdict else ""


def _curve(run: Run) -> str:
    if not run.metrics:
        return ""
    from moregrad.plots.saving import to_svg

    svg = to_svg(run.plot("losses")).decode()
    return svg[svg.index("<svg") :]
