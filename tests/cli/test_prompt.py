"""Words typed at a prompt."""

import io

import pytest

from moregrad.cli.prompt import Prompt


def test_every_line_is_asked_for_and_empty_ones_again(capsys: pytest.CaptureFixture[str]):
    prompt = Prompt(io.BytesIO(b"ada\n\n  \nlea"))
    assert (prompt.read(), prompt.read(), prompt.read()) == (b"ada\n", b"lea\n", b"")
    assert capsys.readouterr() == ("", "word> " * 5 + "\n")


def test_the_next_line_is_never_ready():
    assert not Prompt(io.BytesIO(b"ada\n")).ready()
