"""Words in lower case for a run whose list was put in lower case."""

from typing import TYPE_CHECKING, Any, TypeVar

from moregrad.cli.screen import say
from moregrad.sampling.options import SPELLED, Wanted

if TYPE_CHECKING:
    import moregrad

W = TypeVar("W", bound=Wanted)


def lower_as_trained(run: "moregrad.Run", reading: dict[str, Any]) -> dict[str, Any]:
    """Returns how a list is read for `run`: in lower case, and that is said, if its own list was."""
    if not run.record.lower or reading.get("lower"):
        return reading
    say("the list of this run was put in lower case, and so is this one")
    return {**reading, "lower": True}


def lower_wishes(run: "moregrad.Run", options: W, *, asked: bool) -> W:
    """Returns `options` in lower case if that is `asked` for; says so if the list of `run` was put in it."""
    written = {name: text for name in SPELLED if (text := getattr(options, name))}
    lowered = {name: text.lower() for name, text in written.items()}
    if asked:
        from moregrad.sampling.ban import read_ban

        banned = read_ban(options.ban).str.to_lowercase().str.join(",").item() if options.ban else ""
        return options.replace(**lowered, ban=banned)
    if lowered != written and run.record.lower:
        changed = " and the ".join(name for name in lowered if lowered[name] != written[name])
        say(f"the list of this run was put in lower case, and so is the {changed}")
        return options.replace(**lowered)
    return options


def lower_prefix(run: "moregrad.Run", prefix: str, *, asked: bool) -> str:
    """Returns `prefix` in lower case if that is `asked` for or, which is then said, if the list of `run` was."""
    lowered = prefix.lower()
    if asked or prefix == lowered or not run.record.lower:
        return lowered if asked else prefix
    say("the list of this run was put in lower case, and so is the prefix")
    return lowered
