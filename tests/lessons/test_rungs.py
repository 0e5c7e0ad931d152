"""The ladder of losses."""

import math
from html import escape

import pytest

from moregrad.errors import MoregradError
from moregrad.lessons import ladder

NAMES = [rung.name for rung in ladder().rungs]


def test_the_ladder_goes_from_the_worst_to_the_best():
    losses = [rung.validation for rung in ladder().rungs]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] == pytest.approx(math.log(27), abs=1e-6)


def test_every_rung_has_a_name_of_its_own_a_lesson_and_a_recipe():
    assert len(set(NAMES)) == len(NAMES)
    assert all(1 <= rung.lesson <= 11 and rung.recipe for rung in ladder().rungs)


def test_nothing_is_marked_unless_a_model_is_named():
    assert ladder().marked is None
    assert ">" not in repr(ladder())


@pytest.mark.parametrize("name", NAMES)
def test_the_marked_model_stands_out_and_is_compared(name: str):
    shown = ladder(name)
    (line,) = [line for line in repr(shown).splitlines() if line.startswith(">")]
    assert name in line
    assert shown.compare().startswith(f"{name}: ")
    assert f"<b>{escape(name)}</b>" in shown._repr_html_()


def test_a_comparison_names_the_neighbour_below_and_the_best():
    worst, second, *_, best = ladder().rungs
    told = ladder(second.name).compare()
    assert f"{worst.validation - second.validation:.4f} better than {worst.name}" in told
    assert f"{second.validation - best.validation:.4f} worse than the best, {best.name}" in told
    assert "better than" not in ladder(worst.name).compare()
    assert "worse than" not in ladder(best.name).compare()


def test_a_model_that_is_not_on_the_ladder_is_refused_with_those_that_are():
    with pytest.raises(MoregradError, match=r"'bigrams' is not on the ladder; did you mean 'bigram counts'\?"):
        ladder("bigrams")
