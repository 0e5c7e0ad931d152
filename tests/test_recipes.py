"""The recipes of the documentation run, each where what it joins moregrad to is installed."""

import math
import re
import shlex
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import moregrad
from moregrad.cli import main
from moregrad.cli.completion import script

RECIPES = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text(encoding="utf-8")
PROGRAMS = dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```python\n(.*?)```", RECIPES, re.DOTALL | re.MULTILINE))
TOWNS = [
    f"{first}{last}"
    for first in ("san", "spring", "north", "river", "lake", "hill")
    for last in ("field", "ton", "ville", "dale")
]


def block(language: str, number: int = 0) -> str:
    """A code block of a language."""
    return re.findall(rf"```{language}\n(.*?)```", RECIPES, re.DOTALL)[number]


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that recipes name, and folders of their own for those who keep books."""
    monkeypatch.chdir(tmp_path)
    Path("towns.txt").write_text("\n".join(TOWNS))
    pl.DataFrame({"name": TOWNS, "country": ["here", "there"] * 12}).write_csv("towns.csv")
    for name in ("TRACKIO_DIR", "WANDB_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/mlflow.db")


def run(name: str) -> dict[str, Any]:
    """Runs a recipe; skips the test if what it imports is not installed."""
    for package in re.findall(r"^(?:import|from) (\w+)", PROGRAMS[name], re.MULTILINE):
        pytest.importorskip(package, reason=f"{package}, which moregrad does not need, is not installed")
    names: dict[str, Any] = {}
    exec(PROGRAMS[name], names)
    return names


def test_every_block_is_run_by_a_test():
    assert re.findall(r"^```(\w+)$", RECIPES, re.MULTILINE).count("python") == len(PROGRAMS)
    assert set(re.findall(r"^```(\w+)$", RECIPES, re.MULTILINE)) == {"toml", "sh", "bash", "console", "python"}


def test_the_commands_run():
    for line in block("console").splitlines():
        prompt, *words = shlex.split(line)
        assert (prompt, words[0]) == ("$", "moregrad")
        assert main(words[1:]) == 0
    assert pl.read_parquet("scored.parquet").columns[:3] == ["name", "country", "word"]
    assert len(pl.read_parquet("more.parquet")) == 5


def test_the_settings_are_taken(capsys: pytest.CaptureFixture[str]):
    Path("moregrad.toml").write_text(block("toml"))
    assert main(["train", "towns.txt", "--out", "run"]) == 0
    assert "note: moregrad.toml sets --model=gru --hidden=16 --steps=40 --lower=true\n" in capsys.readouterr().err
    assert main(["sample", "run"]) in (0, 1)
    assert main(["data", "show", "towns.txt"]) == 0


def test_the_commands_that_make_parts_run():
    assert main(["train", "towns.txt", "--model", "ngram", "--order", "3", "--out", "runs/towns"]) == 0
    Path("lists").mkdir()
    pl.read_csv("towns.csv").write_parquet("lists/towns.parquet")
    score, sample, shared, count = map(shlex.split, block("sh", 1).splitlines())
    assert main(["lists/towns.parquet" if word == "lists/*.parquet" else word for word in score[1:]]) == 0
    assert main(["20" if word == "10000000" else word for word in sample[1:]]) in (0, 1)
    assert shared[1:-2] == [*score[1:3], "lists", *score[4:]]
    assert count[1:-2] == ["train", "towns.txt", "--model", "ngram"]
    (line,) = re.findall("^moregrad (.*)$", block("bash"), re.MULTILINE)
    for number in ("1", "2"):
        task = line.replace("$SLURM_ARRAY_TASK_ID", number).replace("$SLURM_ARRAY_TASK_COUNT", "2")
        assert main([*shlex.split(task.replace("--out scored", "--out shares")), "--part-rows", "5"]) == 0
    assert len(pl.read_parquet("shares/*.parquet")) == len(TOWNS)


def test_the_shells_are_those_that_are_completed():
    for line in block("sh").splitlines():
        _, command, shell, *_ = line.split()
        assert command == "completion"
        assert script(shell)  # pyright: ignore[reportArgumentType]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(PROGRAMS.keys() - {"FastAPI"}))
def test_a_recipe_runs(name: str):
    names = run(name)
    assert "run" in names or math.isfinite(names["search"].best_score_)


@pytest.mark.filterwarnings("ignore")
def test_a_server_answers():
    missing = "fastapi, which moregrad does not need, is not installed"
    client = pytest.importorskip("fastapi.testclient", reason=missing)
    moregrad.train("towns.txt", "ngram", out="runs/towns")
    ask = client.TestClient(run("FastAPI")["app"])
    assert ask.get("/score", params={"word": "santon"}).json()["nats"] > 0
    assert len(ask.get("/sample", params={"count": 3, "prefix": "san"}).json()) == 3
    assert ask.get("/sample", params={"prefix": "Ä"}).status_code == 400
