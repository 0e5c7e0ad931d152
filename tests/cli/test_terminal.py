"""Words that would command a terminal are shown as text."""

import io
import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.calls import NAMES, SMALL, Call
from moregrad.cli import main
from moregrad.cli.screen import say, show, table
from moregrad.cli.terminal import Terminal, commanded, guarded_terminals, on_one_line, visible

HOSTILE = {
    "a title of the window": "\x1b]0;owned\x07",
    "red": "\x1b[31m",
    "red by one byte": "\x9b31m",
    "the beginning of the line": "\r",
    "a step back": "\b",
    "rubbed out": "\x7f",
    "an override of direction": "\u202e",
    "an isolate": "\u2066",
    "a zero width space": "\u200b",
    "a lonely joiner": "a\u200db",
    "a soft hyphen": "\xad",
    "a line separator": "\u2028",
    "a tag": "\U000e0041",
    "a filler": "\u3164",
}
HARMLESS = ["Zoë", "می‌خواهم", "क्‍ष", "❤️\u200d🔥", "👩‍🚀", "日本", "[red]x[/]", "[/]", ":smile:", "a\nb", "naïve\u0301"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_terminal_would_obey_or_hide_is_written_out(text: str):
    shown = visible(text)
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp", "Cs"} for letter in shown)
    assert json.loads(f'"{shown}"') == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_scripts_and_emoji_need_stays(text: str):
    assert visible(text) == text


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left_of_any_text(text: str):
    shown = visible(text)
    assert not any((ord(letter) < 32 and letter != "\n") or 0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert visible(shown) == shown


def test_a_word_stays_on_its_line():
    assert on_one_line("a\nb") == "a\\nb"


def test_a_stream_to_a_file_is_left_alone():
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        with guarded_terminals():
            print("\x1b[31m")
    assert stream.getvalue() == "\x1b[31m\n"
    assert commanded(stream) is stream


def test_a_guarded_stream_writes_text_and_commands_apart():
    stream = io.StringIO()
    terminal = Terminal(stream)
    assert terminal.write("\x1b") == 1
    terminal.writelines(["\x07", "\n"])
    commanded(terminal).write("\x1b[0m")
    assert stream.getvalue() == "\\u001b\\u0007\n\x1b[0m"


@pytest.fixture
def hostile_run(run_folder: Path, tmp_path: Path) -> Path:
    """A run of a stranger, whose folder and record hold commands."""
    folder = tmp_path / "run\x1b[31m"
    shutil.copytree(run_folder, folder)
    return folder


def is_clean(received: str) -> bool:
    """Tells whether a terminal received nothing of the commands that HOSTILE holds; styles of moregrad's own may be."""
    return not any(each in received for each in ("\x1b[31m", "\x1b]0", "\u202e", "\u200b", "\x9b", "\x07"))


def test_words_of_a_list_are_shown_as_text(on_terminal: Callable[..., str], tmp_path: Path):
    words = tmp_path / "words.txt"
    words.write_text("\n".join([*map(str, range(20)), "a\x1b[31mb", "\u202eabc", "x\u200by", "[red]z[/]"]))
    received = on_terminal("data", "show", words)
    assert is_clean(received)
    assert "\\u202e" in received


def test_headers_of_tables_are_shown_as_text(on_terminal: Callable[..., str], tmp_path: Path):
    (tmp_path / "t.csv").write_text("\x1b[31mname,\u202eother\na,b\nc,d\n")
    received = on_terminal("data", "show", tmp_path / "t.csv")
    assert is_clean(received)
    assert "\\u001b[31mname" in received


def test_names_of_files_in_messages_are_shown_as_text(on_terminal: Callable[..., str], tmp_path: Path):
    for words in (("data", "show", tmp_path / "\x1b]0;x\x07.txt"), ("sample", "\u202e"), ("sample", "r", "--\x1b[31m")):
        assert is_clean(on_terminal(*words))


def test_the_run_of_a_stranger_is_shown_as_text(on_terminal: Callable[..., str], hostile_run: Path):
    for words in (("compare", hostile_run), ("evaluate", hostile_run), ("sample", hostile_run, "--count", "3")):
        assert is_clean(on_terminal(*words))


def test_scores_are_shown_as_text(on_terminal: Callable[..., str], run_folder: Path, tmp_path: Path):
    (tmp_path / "w.txt").write_text("ada\n\x1b[31mx\n\u202ey\n")
    for form in ((), ("--csv",), ("--json",)):
        received = on_terminal("score", run_folder, tmp_path / "w.txt", *form)
        assert is_clean(received)
        assert "\\u202ey" in received


def test_scores_in_a_pipe_are_as_they_were(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "w.txt").write_text("\u202ey\n=1+1\n")
    out = call("score", run_folder, tmp_path / "w.txt", "--csv").out
    assert "\u202ey" in out
    assert "\n=1+1," in out


def test_training_shows_names_as_text(on_terminal: Callable[..., str], names_file: Path, tmp_path: Path):
    hostile = tmp_path / "n\x1b[31m.txt"
    shutil.copy(names_file, hostile)
    received = on_terminal("train", hostile, "--out", tmp_path / "out\u202e", *SMALL)
    assert "Saved in" in received
    assert is_clean(received)


def test_tables_are_measured_as_they_are_shown(monkeypatch: pytest.MonkeyPatch):
    ours, theirs = os.openpty()
    with monkeypatch.context() as patch, open(theirs, "w", encoding="utf-8") as stream:
        patch.setattr("sys.stdout", stream)
        patch.setattr("sys.stderr", stream)
        with guarded_terminals():
            show(table(("word", "n"), [("\x07", 1), ("[red]", 2), ("a\nb", 3)]))
            say("\x1b")
    # What was written may arrive in pieces.
    received = b""
    while b"u001b" not in received:
        received += os.read(ours, 10_000)
    os.close(ours)
    assert received.decode().split("\r\n")[1:5] == ["\\u0007  1", "[red]   2", "a\\nb    3", "\\u001b"]


def test_results_go_to_their_file_while_the_terminal_shows_a_count(run_folder: Path, names_file: Path, tmp_path: Path):
    ours, theirs = os.openpty()
    with pytest.MonkeyPatch.context() as patch, open(theirs, "w", encoding="utf-8") as errors:
        out = (tmp_path / "out.csv").open("w", encoding="utf-8")
        patch.setattr("sys.stderr", errors)
        patch.setattr("sys.stdout", out)
        assert main(["score", str(run_folder), str(names_file), "--csv"]) == 0
        out.close()
    os.close(ours)
    assert len((tmp_path / "out.csv").read_text().splitlines()) == len(NAMES) + 1
