"""How far work has come."""

from moregrad.parts.part import Done, Part
from moregrad.parts.progress import Progress, State


def test_rows_of_earlier_starts_are_kept_apart():
    told: list[State] = []
    progress = Progress([Part(0, 3), Part(1, 2)], {0: Done(0, 3)}, told.append)
    progress.add(2)
    assert told == [State(3, 3, 5), State(5, 3, 5)]


def test_nobody_knows_how_long_a_text_is_before_its_end():
    told: list[State] = []
    Progress([Part(0, None), Part(1, 2)], {}, told.append).add(1)
    Progress([Part(0, None)], {0: Done(0, 7)}, told.append)
    assert told == [State(0, 0, None), State(1, 0, None), State(7, 7, 7)]
