"""Why fewer words were found than were asked for."""

from dataclasses import dataclass

from moregrad.sampling.options import Sampling


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
    cuts = [name for name in ("top_k", "top_p", "min_p") if getattr(options, name) != getattr(Sampling, name)]
    wanted = [name for name in ("novel", "distinct") if getattr(options, name)]
    if not tally.drawn:
        return f"the model holds every word that is wanted impossible; {_advise(cuts)}"
    if tally.ended < tally.drawn / 100:
        ended = f"{tally.ended or 'none'} of {tally.drawn:,} draws ended within {tally.longest:,} characters"
        return f"{ended}; raise max_length, or try another temperature"
    fruitless = f"the last {tally.fruitless:,} draws brought"
    if tally.empty == tally.ended or not (wanted or options.told):
        return f"{fruitless} nothing but the empty word; {_advise(cuts)}"
    other = "other word" if found else "word"
    asked = [f"is {' and '.join(wanted)}"] if wanted else []
    asked += [f"satisfies {options.told}"] if options.told else []
    slow = [name for name in ("unlike", "ban") if getattr(options, name)]
    return f"{fruitless} no {other} that {' and '.join(asked)}; {_advise([*cuts, *wanted, *slow])}"


def _advise(droppable: list[str]) -> str:
    return f"raise temperature, or drop {' or '.join(droppable)}" if droppable else "raise temperature"
