"""Tables of scores as text, comma-separated values and JSON lines."""

import csv
import io
import json
import math

import polars as pl
import pytest

from moregrad.cli.score_forms import as_csv, as_json, as_text, narrow

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


def test_text_has_every_character_before_its_surprisal_and_a_reason_where_there_is_none():
    heading, first, second, third = as_text(TABLE, first=True, held_out=200).splitlines()
    assert heading.split() == ["word", "nats", "nats/char", "nats", "of", "each", "character"]
    assert first.split() == ["ab", "3.7500", "1.2500", "a", "0.50", "b", "1.00", ".", "2.25"]
    assert second.split(maxsplit=1) == ["x,y", f"cannot be scored: {TABLE['problem'][1]}"]
    assert third.split() == ["c", "inf", "inf", "c", "inf", ".", "1.00"]
    assert as_text(TABLE, first=False, held_out=200).splitlines() == [first, second, third]


JUDGED = TABLE.with_columns(
    where=pl.Series(["train", None, "new"]),
    percentile=pl.Series([62.5, None, 99.99]),
    nats_given_new=pl.Series([None, None, 3.25]),
)


def test_text_has_the_split_and_the_share_of_held_out_words_that_are_less_plausible():
    heading, first, second, third = as_text(JUDGED, first=True, held_out=200).splitlines()
    assert heading.split()[3:8] == ["given", "new", "where", "likelier", "than"]
    assert first.split()[1:8] == ["3.7500", "1.2500", "not", "new", "train", "62", "%"]
    assert second.split()[1:4] == ["cannot", "be", "scored:"]
    assert third.split()[1:7] == ["inf", "inf", "3.2500", "new", "99", "%"]


def test_a_share_of_few_held_out_words_is_a_fraction_and_of_none_a_dash():
    _, first, *_ = as_text(JUDGED.drop("nats_given_new"), first=True, held_out=8).splitlines()
    assert first.split()[3:7] == ["train", "5", "of", "8"]
    nothing = JUDGED.with_columns(percentile=pl.lit(None, pl.Float64))
    assert as_text(nothing, first=False, held_out=0).splitlines()[0].split()[6] == "-"


def test_a_rank_shows_its_error_or_that_it_is_a_lower_limit():
    ranked = pl.concat([JUDGED.head(1)] * 4).with_columns(
        rank=pl.Series([7.0, 1234.6, 2e20, 5e3]), rank_error=pl.Series([0.0, 56.4, 1.5e18, math.inf])
    )
    lines = as_text(ranked.drop("nats_given_new"), first=False, held_out=200).splitlines()
    assert [line.split("62 %")[1].split("  a ")[0].strip() for line in lines] == [
        *("7", "1235 ±56", "2.0e20 ±1.5e18", ">5000"),
    ]
    assert "7.0" not in as_csv(ranked, first=True)


def test_the_empty_word_is_no_word_given_new():
    empty = JUDGED.head(1).with_columns(word=pl.lit(""), where=pl.lit("new"), surprisal=pl.lit([1.0]))
    assert as_text(empty, first=False, held_out=200).split()[2:4] == ["no", "word"]


def test_what_is_known_beside_the_scores_is_in_further_columns():
    rows = list(csv.DictReader(io.StringIO(as_csv(JUDGED, first=True))))
    assert list(rows[0])[:5] == TABLE.columns
    assert [row["percentile"] for row in rows] == ["62.50", "", "99.99"]
    assert [row["nats_given_new"] for row in rows] == ["", "", "3.2500"]
    first = json.loads(as_json(JUDGED, first=True).splitlines()[0])
    assert (first["where"], first["percentile"], first["nats_given_new"]) == ("train", 62.5, None)


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


@pytest.mark.parametrize("width", [80, 40])
def test_on_a_narrow_terminal_lines_are_broken_between_cells(width: int):
    cells = [f"{letter} 0.{number:02}" for number, letter in enumerate("abcdefghijklm")]
    line = f"{'word':<20}{5.6065:>10}{0.8009:>10}  " + "  ".join(cells)
    rows = narrow(f"{line}\nshort\n", width).split("\n")
    assert all(len(row) <= width for row in rows)
    assert " ".join(rows).split() == f"{line} short".split()
    assert rows[-2:] == ["short", ""]
    assert all(any(cell in row for row in rows) for cell in cells)


def test_the_reason_why_a_word_cannot_be_scored_is_broken_between_words():
    line = f"{'Wolfeschlegelstein':<20}  cannot be scored: 'W' at position 1 is not in the vocabulary 'abcdefghijklmno'"
    broken = narrow(line, 80).split("\n")
    assert broken == [line[: line.index(" vocabulary")], "  vocabulary 'abcdefghijklmno'"]
