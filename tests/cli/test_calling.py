"""Words typed become the call of a command."""

from collections.abc import Callable

import pytest
from cyclopts import App, CycloptsError

from moregrad.cli.calling import call


@pytest.fixture
def app() -> App:
    """A command that returns what it is given."""
    app = App(name="echo", help="Repeat.", help_format="plaintext")
    app.default(lambda word: word)
    return app


def test_the_value_of_the_command_is_returned(app: App):
    assert call(app, ["hello"]) == "hello"


def test_errors_are_raised_and_not_printed(app: App, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(CycloptsError):
        call(app, [])
    assert capsys.readouterr() == ("", "")


def test_help_on_a_terminal_keeps_its_styles(on_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    told = on_terminal("sample", "--help")
    assert "\x1b[1mUsage: " in told
    assert "\\u001b" not in told
