"""Lines of a stream of bytes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import lines
from moregrad.data.form import Form
from moregrad.data.lines import find_fields, read_blocks, read_lines, split_lines
from moregrad.errors import DataError

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def words_of(content: bytes) -> list[str]:
    return [word for part in read_lines(io.BytesIO(content), "words") for word in part]


@given(st.lists(LINE), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.integers(1, 20))
def test_lines_come_back_whatever_ends_them_and_wherever_a_block_ends(expected, end, closed, block):
    content = "".join(line + end for line in expected)
    content = content if closed or not expected or not expected[-1] else content.removesuffix(end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        assert words_of(content.encode()) == expected


def test_the_last_line_end_starts_no_line():
    assert split_lines("a\n").to_list() == ["a"]
    assert split_lines("a\n\n").to_list() == ["a", ""]
    assert split_lines("\n").to_list() == [""]
    assert split_lines("").to_list() == []


def test_a_block_holds_whole_lines(monkeypatch):
    monkeypatch.setattr(lines, "BLOCK", 3)
    assert list(read_blocks(io.BytesIO(b"\xef\xbb\xbfab\ncdefg\nh"), "words")) == ["ab\n", "cdefg\n", "h"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            b"a\nb\xff\n",
            r"words: line 2 is not UTF-8 \(byte 0xff\); if it is text from Windows, give --encoding cp1252",
        ),
        (b"a\n\nb\0\n", "words: line 3 holds a zero byte"),
        ("Anna\nBob\n".encode("utf-16-le"), "it looks like utf-16-le: give --encoding utf-16-le"),
        (b"%PDF-1.5", "words is a PDF document by its content"),
    ],
)
def test_what_is_not_text_is_refused_with_its_line(content, complaint):
    with pytest.raises(DataError, match=complaint):
        words_of(content)


@pytest.mark.parametrize(
    ("content", "encoding", "line"),
    [
        ("a\rb\r\nc\n".encode("utf-16-le") + b"\x00\xd8\x00\xd8", "utf-16-le", 4),
        ("日本\n東京\n".encode("shift_jis") + b"\xff\n", "shift_jis", 3),
        (b"a\nb\n\x81\n", "cp1252", 3),
        (b"a\nb\x80\n", "ascii", 2),
        (b"a\n\\ud800\n", "unicode_escape", 2),
        (b"a\nb\nc", "utf-16", 1),
    ],
)
@pytest.mark.parametrize("block", [1, 100])
def test_what_is_not_in_the_encoding_given_is_refused_with_its_line(monkeypatch, content, encoding, line, block):
    monkeypatch.setattr(lines, "BLOCK", block)
    with pytest.raises(DataError, match=f"words: line {line} is not {encoding}: .*; name another encoding"):
        list(read_lines(io.BytesIO(content), "words", Form(encoding=encoding)))


@pytest.mark.parametrize("delimiter", [";", "|", "\t"])
def test_a_text_of_fields_is_told_as_such(delimiter: str):
    form = Form()
    list(read_lines(io.BytesIO(f"4{delimiter}Ulm\n5{delimiter}Bonn\n".encode()), "words", form))
    (note,) = form.notes
    assert note.startswith(f"every line has fields between {delimiter!r}")


@pytest.mark.parametrize("lines", [[], ["Ulm"], ["a;b", "c"], ["Smith, John", "Doe, Jane"], ["a|b", "c|d|e"]])
def test_a_text_of_words_is_not(lines: list[str]):
    assert find_fields(lines) == []
