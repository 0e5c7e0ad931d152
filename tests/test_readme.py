"""Everything that the README shows runs: its commands and its programs."""

import re
import shlex
from pathlib import Path
from urllib.request import urlopen

import pytest
from cli.calls import playing

from moregrad.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TOWNS = [
    first + rest for first in ("San", "Spring", "North", "River", "Lake") for rest in ("field", "ton", "ville", "dale")
]


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the commands and programs name, in an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    Path("towns.txt").write_text("\n".join(TOWNS))
    Path("candidates.txt").write_text("springville\nxqzzt\n")


def test_every_block_is_run_by_a_test():
    assert set(re.findall(r"^```(\w+)$", README, re.MULTILINE)) == {"sh", "console", "python"}
    assert (len(blocks("sh")), len(blocks("console")), len(blocks("python"))) == (1, 2, 2)


def test_the_two_commands_are_those_that_continuous_integration_runs():
    lines = [line.split("#")[0].strip() for line in blocks("sh")[0].splitlines()]
    script = (Path(__file__).parents[1] / ".ci" / "run").read_text()
    assert all(line.replace("pip install", "pip install --quiet") in script for line in lines)


def test_the_commands_run(capsys: pytest.CaptureFixture[str]):
    for line in "".join(blocks("console")).splitlines():
        prompt, *words = shlex.split(line, comments=True)
        assert (prompt, words[0]) == ("$", "moregrad")
        if words[1] == "play":
            with playing(*words[2:], folder=Path.cwd()) as (_, url), urlopen(url, timeout=60) as page:
                assert page.status == 200
            continue
        # Twenty towns have fewer than fifty new words like them, which is exit code 1.
        assert main(words[1:]) in ((0, 1) if words[1] == "sample" else (0,)), capsys.readouterr().err


@pytest.mark.parametrize("program", blocks("python"), ids=["engineers", "learners"])
def test_the_programs_run(program: str, capsys: pytest.CaptureFixture[str]):
    names: dict[str, object] = {}
    exec(program, names)
    if "check_gradient" in names:
        assert capsys.readouterr().out.startswith("ok: ")
