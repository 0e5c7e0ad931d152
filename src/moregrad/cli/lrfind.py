"""`moregrad lrfind`: the options are those of the chosen model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import numpy as np
from cyclopts import Parameter

from moregrad.cli.choice import Model, Preset, Split, Tokens, changed, chosen, parse, unknown_option
from moregrad.cli.options import Json, Place, Source, Text, takes, values
from moregrad.cli.plot import check_file
from moregrad.cli.screen import print_json, say, show, table
from moregrad.configuration import Setting
from moregrad.data.reading import Reading
from moregrad.models.architecture import Architecture
from moregrad.runs.experiment import DEFAULT_MODEL, DEFAULT_SOURCE, prepare, read
from moregrad.runs.labelling import examples_of
from moregrad.training.rate_range import RangeTest, RateRange, range_test

SET_BY_THE_TEST = ("steps", "learning_rate", "schedule", "warmup_steps", "drop_at", "drop_to", "eval_every", "patience")
"""Settings of a training that a range test has no use for."""

ADAPTIVE, ADAPTIVE_LOWEST = ("adamw", "muon"), 1e-5
"""Optimizers whose steps are as long as the rate whatever the gradient, and the rate at which their test begins."""

RECOMMENDED = {
    "steepest": "the loss falls fastest: a careful choice",
    "tenth": "a tenth of the minimum: a good first choice",
    "minimum": "the loss is lowest: the most to try, falling later",
}


def lrfind(*tokens: Tokens, model: Text | None = None, preset: Text | None = None) -> int:
    """Parses all other words that were typed by the form of the command that these two options ask for."""
    name = DEFAULT_MODEL if model is None else model
    base = chosen(name, preset)

    def explain(option: str, known: list[str]) -> str:
        return unknown_option(option, "lrfind", "range test", base, known)

    return parse(form(base, name, preset), "lrfind", tokens, explain)


def _rates(base: Architecture) -> dict[str, Setting]:
    settings = RateRange.settings()
    lowest = ADAPTIVE_LOWEST if base.recipe.optimizer in ADAPTIVE else RateRange.lowest
    return {**settings, "lowest": replace(settings["lowest"], default=lowest)}


def _recipe(base: Architecture) -> dict[str, Setting]:
    return {name: setting for name, setting in base.recipe.options().items() if name not in SET_BY_THE_TEST}


def form(base: Architecture, chosen_model: str, chosen_preset: str | None) -> Callable[..., int]:
    """Returns the command for a model whose settings are those of `base`."""

    @takes(
        rates=("The rates", _rates(base)),
        reading=("The list of words", Reading.settings()),
        settings=(f"The model {chosen_model}", base.options()),
        recipe=("The training", _recipe(base)),
    )
    def start(
        source: Source = DEFAULT_SOURCE,
        /,
        *,
        model: Model = chosen_model,
        preset: Preset = chosen_preset,
        split: Split = "words",
        out: Annotated[Place | None, Parameter(help="Picture of the curve, a .png or .svg file.")] = None,
        json: Json = False,
        rates: Any = None,
        reading: Any = None,
        settings: Any = None,
        recipe: Any = None,
    ) -> int:
        """Find a learning rate: train a model for a moment at rates that rise, and see where the loss falls."""
        if out:
            check_file(out)
        shape = base.replace(**changed(values(settings), base))
        course = base.recipe.replace(**values(recipe))
        plan = RateRange(**({name: rate.default for name, rate in _rates(base).items()} | values(rates)))
        corpus = read(source, Reading().replace(**values(reading)), split=split)
        run = prepare(corpus, shape, course, split=split)
        found = range_test(run.model, examples_of(run), course, **plan.to_dict())
        if out:
            _draw(found, out)
        if json:
            print_json(_facts(found))
        else:
            _show(found, f"moregrad train {quote(source)} --model {quote(model)}")
        return 1 if found.problem else 0

    return start


def _facts(found: RangeTest) -> dict[str, Any]:
    recommended = {name: getattr(found, name) for name in RECOMMENDED}
    curve = {name: getattr(found, name).tolist() for name in ("rates", "losses", "averaged")}
    return {**recommended, "problem": found.problem, "caution": found.caution, **curve}


def _show(found: RangeTest, command: str) -> None:
    if found.problem:
        say(f"moregrad: the curve recommends no learning rate: {found.problem}")
        return
    rows = []
    for name, meaning in RECOMMENDED.items():
        rate = getattr(found, name)
        loss = float(np.interp(np.log(rate), np.log(found.rates), found.averaged))
        rows.append((name, f"{rate:.2g}", f"{np.log10(rate):.2f}", f"{loss:.3f}", meaning))
    show(table(("", "rate", "exponent", "loss", "what it is"), rows))
    if found.caution:
        say(f"note: {found.caution}")
    show(f"\nNext, with the same settings:\n  {command} --learning-rate {found.tenth:.2g}")


def _draw(found: RangeTest, out: Path) -> None:
    from moregrad import plots

    counted = slice(found.end)
    rates = found.rates[counted]
    rated = {name: getattr(found, name) for name in RECOMMENDED if not found.problem}
    marks = {name: rate for name, rate in rated.items() if rates[0] <= rate <= rates[-1]}
    plots.save(plots.range_test(rates, found.losses[counted], averaged=found.averaged[counted], marks=marks), out)
