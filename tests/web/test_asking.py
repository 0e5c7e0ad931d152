"""Answers to what is asked of a run: the same as Python returns, within limits."""

import json
import math
from pathlib import Path

import pytest
from runs.labelled_run import train_labelled

from moregrad.formats.facts import describe, map_characters
from moregrad.runs import Run
from moregrad.web import Playground
from web.client import Client, serving


def test_scores_are_those_of_python(client: Client, small: Run):
    words = ["ada", "nina", "rea", "Q", ""]
    answer = client.post("/api/runs/small/score", {"words": words})
    assert answer.status == 200
    for found, score, rating in zip(answer.json["scores"], small.score(words), small.rate(words), strict=True):
        assert found["word"] == score.word
        assert found["problem"] == (score.problem or None)
        if found["problem"] is None:
            assert found["surprisal"] == pytest.approx(score.surprisal, abs=1e-5)
            assert found["nats"] == pytest.approx(score.nats, abs=1e-5)
            assert (found["where"], found["percentile"]) == (rating.where, rating.percentile)


def test_samples_are_those_of_python(client: Client, small: Run):
    wanted = {"count": 5, "prefix": "a", "temperature": 0.8, "seed": 3}
    answer = client.post("/api/runs/small/sample", wanted)
    assert answer.json == {"samples": [each.to_dict() for each in small.sample(**wanted)], "shortage": ""}


def test_too_few_words_say_why(client: Client):
    answer = client.post("/api/runs/counts/sample", {"count": 5, "pattern": "ada", "distinct": True})
    assert answer.status == 200
    assert "found only 1 of 5 words" in answer.json["shortage"]


def test_probabilities_and_explanations_are_those_of_python(client: Client, small: Run):
    assert client.post("/api/runs/small/probabilities", {"prefix": "ad"}).json == small.probabilities("ad").to_dict()
    explained = client.post("/api/runs/small/explain", {"word": "ada"}).json
    assert explained == {**small.explain("ada").to_dict(), "where": small.rate(["ada"])[0].where}


def test_the_loss_is_that_of_python(client: Client, small: Run):
    words = ["ada", "nina", "rea"]
    answer = client.post("/api/runs/small/evaluate", {"words": words}).json["losses"]
    assert answer["words"]["all"]["nats"] == pytest.approx(small.evaluate(words)["words"].all.nats)
    assert set(client.post("/api/runs/small/evaluate").json["losses"]) == {"train", "validation", "test"}


def test_the_map_and_the_facts_are_those_of_a_page(client: Client, small: Run):
    assert client.get("/api/runs/small/facts").json == {"facts": json.loads(json.dumps(describe(small)))}
    found = client.get("/api/runs/small/map").json
    assert {name: found[name] for name in map_characters(small)} == map_characters(small)
    assert "has no embeddings" in client.get("/api/runs/counts/map").json["reason"]


def test_errors_have_the_texts_of_python(client: Client, small: Run):
    with pytest.raises(Exception) as raised:  # noqa: PT011
        small.probabilities("Q")
    answer = client.post("/api/runs/small/probabilities", {"prefix": "Q"})
    assert (answer.status, answer.json) == (
        422,
        {"error": {"kind": "AlphabetError", "message": str(raised.value)}},
    )


def test_a_wrong_setting_is_named(client: Client):
    answer = client.post("/api/runs/small/sample", {"temperature": -1})
    assert answer.json["error"] == {
        "kind": "ConfigurationError",
        "message": "sampling: temperature is -1; it must be a finite number of at least 0",
        "setting": "temperature",
    }


@pytest.mark.parametrize(
    ("path", "asked", "told"),
    [
        ("score", {"words": ["a"] * 51}, "51 words; a request may have 50"),
        ("score", {"words": ["a" * 41]}, "a word of 41 characters; 40 are allowed"),
        ("explain", {"word": "a" * 41}, "a word of 41 characters"),
        ("probabilities", {"prefix": "a" * 41}, "a word of 41 characters"),
        ("evaluate", {"words": ["a"] * 51}, "51 words"),
        ("sample", {"count": 31}, "count is 31; it must be at most 30 in a request"),
        ("sample", {"max_length": 41}, "max_length is 41; it must be at most 40 here"),
        ("sample", {"prefix": "a" * 41}, "a word of 41 characters"),
    ],
)
def test_more_than_is_allowed_is_refused(client: Client, path: str, asked: dict[str, object], told: str):
    answer = client.post(f"/api/runs/small/{path}", asked)
    assert answer.status in (413, 422)
    assert told in answer.message


def banned(client: Client, ban: str) -> list[str]:
    answer = client.post("/api/runs/small/sample", {"ban": ban, "count": 30})
    return [each["word"] for each in answer.json["samples"]]


def test_a_ban_is_never_read_from_a_file(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ban.txt").write_text("*a*\n*e*\n*i*\n")
    (tmp_path / "a").write_text("*a*\n*e*\n*i*\n")
    for ban in ("ban.txt", str(tmp_path / "ban.txt"), "a"):
        words = [
            each["word"] for each in client.post("/api/runs/small/sample", {"ban": ban, "count": 30}).json["samples"]
        ]
        assert len(words) == 30
        assert any("a" in word for word in words)
    words = [
        each["word"] for each in client.post("/api/runs/small/sample", {"ban": "*a*", "count": 30}).json["samples"]
    ]
    assert not any("a" in word for word in words)


def test_an_error_about_a_ban_shows_the_ban_alone(client: Client):
    told = client.post("/api/runs/small/sample", {"ban": "a*b"}).message
    assert told.startswith("words: ban is 'a*b'; the star inside 'a*b'")


def test_words_with_labels_are_asked_by_label(home: Path):
    run = train_labelled()
    playground = Playground(home=home)
    playground.runs.add("kinds", run)
    label = next(iter(run.record.labels or ()))
    word = run.sample(1, label=label)[0].word
    with serving(playground) as client:
        found = client.post("/api/runs/kinds/score", {"words": [word], "label": label}).json["scores"][0]
        assert math.isclose(found["nats"], run.score([word], label=label)[0].nats, abs_tol=1e-5)
        made = client.post("/api/runs/kinds/sample", {"count": 3, "label": label}).json["samples"]
        assert {each["label"] for each in made} == {label}
        wrong = client.post("/api/runs/kinds/score", {"words": [word], "label": "nothing"})
        assert (wrong.status, "nothing" in wrong.message) == (422, True)
        assert label in client.get("/api/runs/kinds").json["labels"]
