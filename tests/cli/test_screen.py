"""Text on standard output and standard error."""

import json
import math

import pytest

from moregrad.cli.screen import cell, pad, print_json, say, show, table, tell

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (1234567, "1,234,567"), (0.12345, "0.1235"), (math.inf, "inf"), (True, "True"), ("a", "a")],
)
def test_a_cell_is_short(value: object, text: str):
    assert cell(value) == text


def test_a_table_has_names_above_and_numbers_on_the_right(capsys: Captured):
    show(table(("name", "count"), [("a", 1), ("bb", 20_000)]))
    assert capsys.readouterr().out.splitlines() == ["name   count", "a          1", "bb    20,000"]


def test_words_are_shown_as_they_are(capsys: Captured):
    show("[bold]a[/bold] :smile: https://x.y 12")
    assert capsys.readouterr().out == "[bold]a[/bold] :smile: https://x.y 12\n"


def test_remarks_are_for_standard_error(capsys: Captured):
    say("so it is")
    assert capsys.readouterr() == ("", "so it is\n")


def test_json_is_one_value_to_a_line_and_strict(capsys: Captured):
    print_json({"word": "añ", "nats": [1.5, math.inf, (math.nan,)]}, [1])
    first, second = capsys.readouterr().out.splitlines()
    assert first == '{"word": "añ", "nats": [1.5, null, [null]]}'
    assert json.loads(second) == [1]


@pytest.mark.parametrize(("word", "spaces"), [("ab", 3), ("añ", 3), ("n\u0303", 4), ("日本", 1)])
def test_padding_counts_columns_of_the_terminal(word: str, spaces: int):
    assert pad(word, 5) == word + " " * spaces


@pytest.mark.parametrize("width", ["80", "40"])
def test_remarks_and_lines_are_wrapped_between_words(width: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", width)
    text = "Saved in " + "a/very/long/path" * 8 + f" with {'1,234 '.rstrip()} words of {'some list ' * 9}"
    tell(text)
    show(text)
    for printed in capsys.readouterr():
        assert printed.split() == text.split()
        assert all(len(line) <= int(width) or "path" in line for line in printed.splitlines())


def test_numbers_that_nobody_reads_digit_by_digit_are_powers_of_ten():
    assert [cell(value) for value in (2.5, 999_999_999.0, 1e9, 5.9e89)] == [
        "2.5000",
        "999999999.0000",
        "1.000e+09",
        "5.900e+89",
    ]
