"""Part 3: the names shuffled with a seed and cut in three."""

from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show

SPLITS = ("train", "validation", "test")


def replay(lists: Lists, show: Show) -> Obtained:
    """Returns how many names and predictions each part has, and its first five names."""
    parts = {name: getattr(lists.splits, name) for name in SPLITS}
    return {
        "names": {name: len(words) for name, words in parts.items()},
        "predictions": {name: lists.encoded(name).predictions for name in parts},
        **{f"first of {name}": words[:5].to_list() for name, words in parts.items()},
    }
