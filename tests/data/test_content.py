"""Recognition of files by their content."""

import pytest

from moregrad.data.content import BEGINNINGS, guess_wide, refuse_content
from moregrad.errors import DataError


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_file_of_another_kind_is_refused_by_its_first_bytes(beginning):
    with pytest.raises(DataError, match=r"words\.txt is an? .* by its content, not a list; |gzip|data"):
        refuse_content(beginning + b"rest", "words.txt")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML><title>", "an HTML page by its content"),
        (b"<html>", "an HTML page"),
        (b'<?xml version="1.0"?>', "an XML document"),
        (b"PK\x03\x04....[Content_Types].xml", r"an Office document by its content, not a list; name it \.xlsx"),
        (b"PAR1", r"name it \.parquet"),
        (b"\x1f\x8b\x08", "gzip data by its content, not a list; unpack it first"),
    ],
)
def test_a_refusal_says_what_to_do(content, told):
    with pytest.raises(DataError, match=told):
        refuse_content(content, "words.txt")


@pytest.mark.parametrize("content", [b"", b"Anna\n", b"PK\n", b"<3\n", b"%\n", b"GIF\n", b"htmlx\n"])
def test_a_list_is_not_refused(content):
    refuse_content(content, "words.txt")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["Anna\nBob\n", "Zoë\r\nŁódź\r\n", "Анна\nБорис\n", "A" * 5000])
def test_wide_characters_without_a_byte_order_mark_are_recognised(encoding, text):
    assert guess_wide(text.encode(encoding)) == encoding


@pytest.mark.parametrize("content", [b"ab\0cd\n", b"\0\0\0\0", b"\1\0\2\0", b"abc"])
def test_other_zero_bytes_are_not_taken_for_wide_characters(content):
    assert guess_wide(content) is None
