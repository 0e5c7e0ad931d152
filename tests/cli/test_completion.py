"""Completion: each shell, where it is installed, loads its script and offers what may follow."""

import os
import pty
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from select import select
from shutil import which
from time import monotonic
from typing import get_args

import pytest

from cli.calls import Call
from moregrad.cli.completion import Shell, script

LINES = {
    "moregrad tr": {"train"},
    "moregrad data ": {"show", "list", "export"},
    "moregrad train --model gru --h": {"--hidden", "--help"},
    "moregrad train --model bigram --h": {"--help"},
    "moregrad train names.txt --model transformer --hea": {"--heads"},
    "moregrad lrfind --model mlp --conte": {"--context"},
    "moregrad sweep --model lstm --ti": {"--tied"},
    "moregrad train --optimizer ": {"sgd", "momentum", "adamw", "muon"},
    "moregrad train --model gr": {"gru"},
    "moregrad train --model gru+tr": {"gru+transformer"},
    "moregrad train ": {"first-names", "names", "my list.txt", "runs"},
    "moregrad train my": {"my list.txt"},
    "moregrad sample ": {"runs"},
    "moregrad sample runs --temp": {"--temperature"},
    "moregrad score ru": {"runs"},
    "moregrad export runs/towns page.html --weights ": {"float16", "float32"},
    "moregrad sample runs/towns --count ": set(),
}

BASH = """
source "$1"; shift
complete="$(complete -p moregrad | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
compopt() { :; }
while (($#)); do
  COMP_LINE=$1; read -ra COMP_WORDS <<< "$2"; shift 2
  [[ $COMP_LINE == *[\\ =] ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  "$complete" moregrad "${COMP_WORDS[COMP_CWORD]}"
  printf '%s\\n' "${COMPREPLY[@]}" --end--
done
"""

FISH = """
source $argv[1]
for line in $argv[2..-1]
    complete -C $line
    echo --end--
end
"""

ZSH = r"""
PS1='' LISTMAX=9999
autoload -U compinit && compinit -u -D
source "$SCRIPT"
compadd() {
  local -a found
  [[ "$*" == *' '-[OAD]' '* ]] || builtin compadd -O found "$@"
  print -rl -- "${(@Q)found}" >> "$ANSWERS"
  builtin compadd "$@"
}
next() { BUFFER=''; print -r -- --end-- >> "$ANSWERS" }
zle -N next && bindkey '^Xn' next
print -r -- --ready--
"""


def ask_bash(path: Path, lines: list[str]) -> str:
    # Bash itself takes words apart at = and :.
    words = [line for typed in lines for line in (typed, re.sub("([=:])", r" \1 ", typed))]
    return _run("bash", "-c", BASH, "bash", str(path), *words)


def ask_fish(path: Path, lines: list[str]) -> str:
    return re.sub("\t.*", "", _run("fish", "--no-config", "-c", FISH, str(path), *lines))


def ask_zsh(path: Path, lines: list[str]) -> str:
    """Types every line and a TAB, as a person would: zsh completes in no other way."""
    answers, setup = path.with_name("answers"), path.with_name("setup")
    setup.write_text(ZSH)
    ours, theirs = pty.openpty()
    variables = {**os.environ, "SCRIPT": str(path), "ANSWERS": str(answers), "TERM": "xterm"}
    with subprocess.Popen(["zsh", "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, env=variables) as shell:
        os.close(theirs)
        try:
            os.write(ours, f". {setup}\n".encode())
            _read(ours, until=b"--ready--")
            for line in lines:
                os.write(ours, f"{line}\t\x18n".encode())
            os.write(ours, b"exit\r")
            _read(ours)
            shell.wait(timeout=60)
        finally:
            shell.kill()
            os.close(ours)
    return answers.read_text()


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def _read(terminal: int, *, until: bytes = b"no such line") -> None:
    """Reads what comes from a terminal until it ends or a line is there; fails after a minute."""
    read, end = b"", monotonic() + 60
    while until + b"\r\n" not in read:
        assert select([terminal], [], [], end - monotonic())[0], read
        try:
            block = os.read(terminal, 2**16)
        except OSError:  # Linux reports the end of a terminal as an error.
            return
        if not block:
            return
        read += block


ASK: dict[Shell, Callable[[Path, list[str]], str]] = {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}


@pytest.mark.parametrize("shell", get_args(Shell))
def test_a_shell_offers_what_may_follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell):
    if missing := [program for program in (shell, "awk") if which(program) is None]:
        pytest.skip(f"the shell itself is asked, and {' and '.join(missing)} is not installed; .ci/run installs it")
    path = tmp_path / "moregrad"
    path.write_text(script(shell), encoding="utf-8")
    folder = tmp_path / "folder"
    (folder / "runs" / "towns").mkdir(parents=True)
    (folder / "my list.txt").touch()
    monkeypatch.chdir(folder)
    answers = ASK[shell](path, list(LINES)).split("--end--\n")
    offered = [{word.strip().rstrip("/") for word in answer.splitlines()} - {""} for answer in answers]
    assert dict(zip(LINES, offered, strict=False)) == LINES


@pytest.mark.parametrize("shell", get_args(Shell))
def test_every_shell_is_told_of_the_models_and_their_options(call: Call, shell: str):
    outcome = call("completion", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert all(word in outcome.out for word in ("lrfind", "transformer", "kernel-size", "config"))
    assert not re.search("TABLE|PROGRAM", outcome.out)


def test_another_shell_is_refused_with_those_there_are(call: Call):
    assert "one of bash, zsh, fish" in call("completion", "tcsh").err


def test_the_function_of_zsh_is_called_as_the_file_that_it_is_read_from():
    assert "\n_moregrad() {\n" in script("zsh")
