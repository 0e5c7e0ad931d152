"""Reasons why fewer words were found than were asked for."""

from dataclasses import dataclass

from moregrad.sampling.options import SPELLED, Sampling

CUTS = ("top_k", "top_p", "min_p")
FORMS = (*(name for name in SPELLED if name != "prefix"), "length", "syllables")
"""The wishes that an automaton can tell of a word; the beginning alone needs none."""
TESTS = {"unlike": "unlike the list", "ban": "not banned", "novel": "novel", "distinct": "distinct"}


@dataclass
class Tally:
    """Draws that were made, those that became words as they should within the greatest length, the empty ones of these,
    and the draws since the last word that was taken."""

    longest: int
    drawn: int = 0
    ended: int = 0
    empty: int = 0
    fruitless: int = 0


def explain(options: Sampling, tally: Tally, found: bool) -> str:
    """Says in one line what kept words away, and what to change; `found` tells whether there were any at all."""
    cuts, forms, wanted = (
        [name for name in names if getattr(options, name) != getattr(Sampling, name)] for names in (CUTS, FORMS, TESTS)
    )
    if not tally.drawn:
        return f"the model holds every word that is wanted impossible; {_advise([*cuts, *forms])}"
    if forms and not tally.ended:
        return f"none of {tally.drawn:,} draws became a word that is wanted; {_advise([*cuts, *forms])}"
    if not forms and tally.ended < tally.drawn / 100:
        ended = f"{tally.ended or 'none'} of {tally.drawn:,} draws ended within {tally.longest:,} characters"
        return f"{ended}; raise max_length, or try another temperature"
    fruitless = f"the last {tally.fruitless:,} draws brought"
    if tally.empty == tally.ended or not wanted:
        return f"{fruitless} nothing but the empty word; {_advise(cuts)}"
    other = "other word" if found else "word"
    return f"{fruitless} no {other} that is {' and '.join(TESTS[name] for name in wanted)}; {_advise([*cuts, *wanted])}"


def _advise(droppable: list[str]) -> str:
    return f"raise temperature, or drop {' or '.join(droppable)}" if droppable else "raise temperature"
