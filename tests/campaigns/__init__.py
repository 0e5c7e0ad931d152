"""Campaigns: hundreds of hostile tries of one kind, whose tries and failures docs/reliability.md reports.

A campaign is a module here. Its docstring opens with the line that the report shows, `TRIES` is how many tries make a
whole campaign, and `trials(seed)` yields them one by one, each as a `Trial`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path

CAMPAIGNS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py") if not path.stem.startswith("test_"))


@dataclass(frozen=True)
class Trial:
    """A try and the fault of its outcome; an empty one if it was right."""

    what: str
    problem: str = ""


def title(name: str) -> str:
    """Returns what the campaign `name` tries, in one line."""
    return (import_module(f"campaigns.{name}").__doc__ or name).splitlines()[0].removesuffix(".")


def run(name: str, *, seed: int = 0, tries: int | None = None) -> Iterator[Trial]:
    """Yields the first `tries` trials of the campaign `name`; all of its `TRIES` if left out."""
    campaign = import_module(f"campaigns.{name}")
    yield from islice(campaign.trials(seed), tries or campaign.TRIES)
