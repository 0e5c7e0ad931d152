"""Tables of scores as text, comma-separated values and JSON lines."""

import csv
import io
import json
import math

import polars as pl

from moregrad.cli.score_forms import as_csv, as_json, as_text, wrap

TABLE = pl.DataFrame(
    {
        "word": ["ab", "x,y", "c"],
        "nats": [3.75, None, math.inf],
        "nats_per_character": [1.25, None, math.inf],
        "surprisal": [[0.5, 1.0, 2.25], None, [math.inf, 1.0]],
        "problem": [None, "character 'x' at position 1 is not in the vocabulary", None],
    },
    schema_overrides={"surprisal": pl.List(pl.Float32)},
)


def test_lines_too_wide_go_on_under_their_first_character():
    cells = [f"{letter} {number:.2f}" for number, letter in enumerate("a bcd.")]
    line = f"{'a bcd':<20}{12.0:>10.4f}{2.0:>10.4f}  " + "  ".join(cells) + "\n"
    wide, narrow = wrap(line, 200), wrap(line, 60)
    assert wide == line
    assert max(map(len, narrow.splitlines())) <= 60
    assert [row[:42].strip() for row in narrow.splitlines()[1:]] == [""] * (len(narrow.splitlines()) - 1)
    for width in (60, 30, 20):
        assert all(cell in wrap(line, width) for cell in cells)


def test_text_has_every_character_before_its_surprisal_and_a_reason_where_there_is_none():
    heading, first, second, third = as_text(TABLE, first=True).splitlines()
    assert heading.split() == ["word", "nats", "nats/char", "nats", "of", "each", "character"]
    assert first.split() == ["ab", "3.7500", "1.2500", "a", "0.50", "b", "1.00", ".", "2.25"]
    assert second.split(maxsplit=1) == ["x,y", f"cannot be scored: {TABLE['problem'][1]}"]
    assert third.split() == ["c", "inf", "inf", "c", "inf", ".", "1.00"]
    assert as_text(TABLE, first=False).splitlines() == [first, second, third]


def test_comma_separated_values_are_read_again():
    rows = list(csv.DictReader(io.StringIO(as_csv(TABLE, first=True))))
    assert [row["word"] for row in rows] == TABLE["word"].to_list()
    assert [row["nats"] for row in rows] == ["3.7500", "", "inf"]
    assert rows[0]["surprisal"] == "0.5000 1.0000 2.2500"
    assert rows[1]["problem"] == TABLE["problem"][1]
    assert as_csv(TABLE, first=True).splitlines()[1:] == as_csv(TABLE, first=False).splitlines()


def test_json_has_an_object_per_word():
    first, second, _ = map(json.loads, as_json(TABLE, first=True).splitlines())
    assert first == {
        "word": "ab",
        "nats": 3.75,
        "nats_per_character": 1.25,
        "surprisal": [0.5, 1, 2.25],
        "problem": None,
    }
    assert (second["nats"], second["problem"]) == (None, TABLE["problem"][1])
