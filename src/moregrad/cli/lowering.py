"""Words in lower case for a run whose list was put in lower case."""

from typing import TYPE_CHECKING, Any

from moregrad.cli.screen import say

if TYPE_CHECKING:
    import moregrad


def lower_as_trained(run: "moregrad.Run", reading: dict[str, Any]) -> dict[str, Any]:
    """Returns how a list is read for `run`: in lower case, and that is said, if its own list was."""
    if not run.record.lower or reading.get("lower"):
        return reading
    say("the list of this run was put in lower case, and so is this one")
    return {**reading, "lower": True}


def lower_prefix(run: "moregrad.Run", prefix: str, *, asked: bool) -> str:
    """Returns `prefix` in lower case if that is `asked` for or, which is then said, if the list of `run` was."""
    lowered = prefix.lower()
    if asked or prefix == lowered or not run.record.lower:
        return lowered if asked else prefix
    say("the list of this run was put in lower case, and so is the prefix")
    return lowered
