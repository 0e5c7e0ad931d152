"""Spans of numbers."""

import pytest

from moregrad.sampling.spans import is_span, read_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("5-8", (5, 8)),
        ("5", (5, 5)),
        ("5-", (5, None)),
        ("-8", (0, 8)),
        (" 5 - 8 ", (5, 8)),
        ("0", (0, 0)),
        ("7-7", (7, 7)),
    ],
)
def test_spans_are_read(text: str, span: tuple[int, int | None]):
    assert is_span(text)
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "-", " ", "8-5", "5-8-9", "x", "5.5", "５", "5 6", "5--8", "1000000", "+5"])
def test_other_texts_are_none(text: str):
    assert not is_span(text)
