"""Published figures and their comparison."""

import json
from importlib.resources import files

import pytest

from moregrad.lectures.figures import compare, published, source
from moregrad.lectures.reproduction import REPRODUCTIONS

WIDEST = 33
"""Characters of a figure's name that leave room for its numbers on 80 columns."""


def obtain(series):
    """The results if all went well, and 0 for what nobody published."""
    return {title: _with_numbers(figures["values"]) for title, figures in series.items()}


def _with_numbers(values):
    if isinstance(values, dict):
        return {key: _with_numbers(value) for key, value in values.items()}
    return 0 if values is None else values


@pytest.mark.parametrize("name", REPRODUCTIONS)
def test_every_run_has_published_figures_whose_source_is_told(name):
    rows = compare(name, obtain(published(name)))
    assert source(name).endswith(".")
    assert {row.verdict for row in rows} <= {"reproduced", "unpublished"}
    assert any(row.verdict == "reproduced" for row in rows)
    assert max(len(row.what) for row in rows) <= WIDEST


@pytest.mark.parametrize("name", REPRODUCTIONS)
def test_every_figure_is_a_number_or_a_text_with_a_tolerance_of_its_own(name):
    for row in compare(name, obtain(published(name))):
        assert row.published is None or isinstance(row.published, int | float | str)
        assert 0 <= row.tolerance < 1
        assert row.tolerance == 0 or not isinstance(row.published, str)


def test_every_file_of_figures_belongs_to_a_run():
    folder = files("moregrad.lectures").joinpath("published")
    assert {file.name for file in folder.iterdir() if file.name.endswith(".json")} == {
        f"{name}.json" for name in REPRODUCTIONS
    }


def test_a_changed_figure_differs():
    figures = json.loads(json.dumps(obtain(published("lecture-split"))))
    figures["names"]["test"] += 1
    assert [row.what for row in compare("lecture-split", figures) if row.verdict == "differs"] == ["names, test"]
