"""Results of replays as tables and JSON."""

import pytest

from moregrad.cli.reproduced import LONG, as_dict, as_text, summary
from moregrad.cli.screen import show
from moregrad.lectures.reproduction import Result
from moregrad.lectures.row import Row


def losses(count, *, wrong=()):
    return [Row("loss", {"step": step}, 1.0, 2.0 if step in wrong else 1.0, 0.5) for step in range(count)]


def lines(rows, capsys, *, every=False):
    show(*as_text(Result("moons", rows), every=every))
    return capsys.readouterr().out.splitlines()


def test_a_long_series_keeps_its_ends_and_all_that_differs(capsys):
    shown = lines(losses(1000, wrong=(500,)), capsys)
    assert next(line for line in shown if "step 500" in line).endswith("beyond 5e-01")
    assert any(line.startswith("991 more (--every)") for line in shown)
    assert any(line.startswith("loss, step 999") for line in shown)
    assert len(lines(losses(1000), capsys, every=True)) > 1000


def test_a_short_series_is_shown_whole(capsys):
    assert not any("more" in line for line in lines(losses(LONG), capsys))


def test_texts_have_a_table_without_differences(capsys):
    shown = lines([Row("name", {"number": 1}, "emma", "emma", 0)], capsys)
    assert "difference" not in " ".join(shown)
    assert shown[-1].split() == ["name", "1", "emma", "emma", "equal"]


def test_what_nobody_published_has_a_dash(capsys):
    assert lines([Row("loss", {"split": "test"}, None, 2.0, 0)], capsys)[-1].split() == [
        "loss,",
        "test",
        "-",
        "2",
        "unpublished",
    ]


@pytest.mark.parametrize(
    ("results", "last"),
    [
        ([Result("moons", losses(3))], "1 run, 3 figures: 3 reproduced"),
        (
            [Result("moons", losses(3, wrong=(1,))), Result("indian-names", left_out="missing")],
            "1 run, 3 figures: 2 reproduced, 1 differ; left out: indian-names",
        ),
        (
            [Result("moons", [Row("loss", {}, None, 1.0, 0)]), Result("bigrams", losses(1))],
            "2 runs, 2 figures: 1 reproduced, 1 never published",
        ),
    ],
)
def test_the_last_line_sums_up(results, last):
    assert summary(results).splitlines()[-1] == last


def test_the_last_lines_name_the_runs_that_differ():
    told = summary([Result("moons", losses(9, wrong=(3, 4)))]).splitlines()
    assert told[0] == "moons: 2 of 9 figures differ; the first is loss, step 3"


def test_as_data_a_result_says_where_its_figures_come_from():
    assert "micrograd" in as_dict(Result("moons", losses(1)))["source"]
    assert as_dict(Result("moons", left_out="missing"))["left_out"] == "missing"
