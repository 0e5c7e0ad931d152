"""`moregrad completion`."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import Annotated, Literal

from cyclopts import Parameter

SHELLS = Path(__file__).with_name("shells")

Shell = Literal["bash", "zsh", "fish"]


def completion(shell: Annotated[Shell, Parameter(help="The shell that is to complete commands.")], /) -> None:
    """Print what a shell needs to complete commands, options and their values, those of the model typed.

    Bash reads it from ~/.local/share/bash-completion/completions/moregrad, zsh
    from a file _moregrad in a folder of its fpath, fish from
    ~/.config/fish/completions/moregrad.fish: write it there.
    """
    sys.stdout.write(script(shell))


def script(shell: Shell) -> str:
    """Returns the completion of all commands as a program for `shell`.

    The same program in awk answers in every shell what may follow; it takes milliseconds, where Python would take long.
    """
    from moregrad.cli.candidates import table

    quoted: dict[str, Callable[[str], str]] = {"bash": quote, "zsh": quote, "fish": _quote_for_fish}
    parts = {"TABLE": table(), "PROGRAM": (SHELLS / "answer.awk").read_text("utf-8")}
    frame = (SHELLS / f"moregrad.{shell}").read_text("utf-8")
    return re.sub("TABLE|PROGRAM", lambda found: quoted[shell](parts[found[0]]), frame)


def _quote_for_fish(text: str) -> str:
    return "'" + re.sub(r"([\\'])", r"\\\1", text) + "'"
