"""Words in JSON: what forms are read, and what is refused."""

import pytest

from moregrad.data.form import Form
from moregrad.data.json_lists import parse_json, parse_json_lines
from moregrad.errors import DataError


def words_of(text: str, column: str | int | None = None) -> list[str | None]:
    return parse_json(text, "words.json", Form(column)).to_list()


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ('["Anna", null, 5]', None, ["Anna", None, "5"]),
        ('[{"name": "Anna"}, {"name": null}]', None, ["Anna", None]),
        ('[{"id": 1, "name": "Anna"}, {"id": 2}]', "name", ["Anna", None]),
        ('{"name": ["Anna", "Bob"]}', None, ["Anna", "Bob"]),
        ('{"id": [1, 2], "name": ["Anna", "Bob"]}', "name", ["Anna", "Bob"]),
        ('{"Anna": 5, "Bob": 0.5}', None, ["Anna", "Bob"]),
        ("[]", None, []),
    ],
)
def test_arrays_columns_and_numbers_are_read(text, column, words):
    assert words_of(text, column) == words


def test_what_is_left_out_is_noted():
    form = Form("name")
    parse_json('[{"name": "Anna"}, {"id": 2}]', "words.json", form)
    assert form.notes == ["objects without 'name': 1"]
    form = Form()
    parse_json('{"Anna": 5}', "words.json", form)
    assert form.notes == ["the names of an object are the words; its numbers are left out"]


@pytest.mark.parametrize(
    ("text", "column", "complaint"),
    [
        ('{"name": "moregrad", "version": 1}', None, r"one JSON object of another form; give an array of strings"),
        ("{}", None, "one JSON object of another form"),
        ("5", None, "one JSON value of another form"),
        ('{"id": [1], "name": ["Anna"]}', None, "has several columns; choose one of id, name"),
        ('{"Anna": 5}', "name", "is an object of numbers; leave 'name' out"),
        ('["Anna"]', "name", "is an array of strings and has no column 'name'"),
        ('[{"name": ["Anna"]}]', None, r"item 1 is .*; every item must be a string or an object"),
        ('["Anna", true]', None, "item 2 is true"),
        ('["Anna", {"name": "Bob"}]', None, "item 1 is"),
        ('{"Anna": 5, "Anna": 6}', None, "the name 'Anna' comes twice"),
        ('["\\ud800"]', None, "half of a surrogate pair"),
        ("[" * 100_000, None, "as JSON: maximum recursion depth"),
        ("[" + "9" * 5000 + "]", None, "as JSON: Exceeds the limit"),
        ("Anna", None, "as JSON: Expecting value: line 1"),
    ],
)
def test_another_form_is_refused_with_what_is_allowed(text, column, complaint):
    with pytest.raises(DataError, match=complaint) as caught:
        words_of(text, column)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('"a"\n\n[1]\n', r"line 3 is '\[1\]'"),
        ('"a"\n"\\uD800"\n', "line 2 holds half of a surrogate pair"),
        ("[" * 100_000, "line 1 is"),
        ('{"a": "b"}\n{"a": ["c"]}\n', "every line must hold"),
        ('{"a": "b"}\n{"a": {"c": 1}}\n', "every line must hold"),
    ],
)
def test_lines_of_another_form_are_refused(text, complaint):
    with pytest.raises(DataError, match=complaint):
        parse_json_lines(text, "words.jsonl", Form())


def test_numbers_and_missing_fields_of_lines_are_words_and_blanks():
    assert parse_json_lines('{"a": 5}\n{"a": 0.5}\n{"b": 1}\n', "words.jsonl", Form()).to_list() == ["5", "0.5", None]
    assert parse_json_lines('"\\ud83d\\ude00"\n', "words.jsonl", Form()).to_list() == ["😀"]
