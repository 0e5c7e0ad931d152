"""`moregrad lrfind`."""

import json

import pytest

from cli.calls import Call

TINY = ("--model", "mlp", "--hidden", "8", "--embedding", "4", "--batch-size", "16")


def test_three_rates_are_recommended_and_the_next_command_is_told(call: Call, names_file):
    outcome = call("lrfind", names_file, *TINY, "--steps", 200)
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()[1:4]] == ["steepest", "tenth", "minimum"]
    assert f"moregrad train {names_file} --model mlp --learning-rate" in outcome.out


def test_machines_get_the_rates_and_the_curve(call: Call, names_file):
    typed = ("--steps", 200, "--lowest", 0.001, "--highest", 2, "--json")
    facts = json.loads(call("lrfind", names_file, *TINY, *typed).out)
    assert facts["tenth"] == pytest.approx(facts["minimum"] / 10)
    assert (facts["rates"][0], facts["rates"][-1]) == pytest.approx((0.001, 2))
    assert len(facts["losses"]) == len(facts["averaged"]) == 200
    assert facts["problem"] == ""


def test_tests_of_adaptive_optimizers_begin_lower(call: Call, names_file):
    facts = json.loads(call("lrfind", names_file, *TINY, "--steps", 100, "--json").out)
    assert facts["rates"][0] == pytest.approx(1e-5)


def test_the_curve_is_drawn_once(call: Call, names_file, tmp_path):
    picture = tmp_path / "curve.png"
    assert call("lrfind", names_file, *TINY, "--steps", 200, "--out", picture).code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    outcome = call("lrfind", names_file, *TINY, "--out", picture)
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing is overwritten" in outcome.err


def test_a_curve_without_an_answer_says_why_and_the_exit_code_is_1(call: Call, names_file):
    typed = ("--optimizer", "sgd", "--lowest", 1e5, "--highest", 1e6, "--steps", 100)
    outcome = call("lrfind", names_file, *TINY, *typed)
    assert (outcome.code, outcome.out) == (1, "")
    assert "recommends no learning rate: the loss diverged at once" in outcome.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--model", "ngram"), "the model has no weights to train"),
        (("--learning-rate", "1"), "has no option --learning-rate"),
        (("--lowest", "1", "--highest", "0.1"), "--lowest is 1.0; it must be below highest, 0.1"),
        (("--model", "transfromer"), "transformer"),
        (("--out", "curve.gif"), "curve.gif: a figure is saved as .png or .svg"),
    ],
)
def test_a_mistake_is_told_in_one_line(call: Call, names_file, words, says):
    outcome = call("lrfind", names_file, *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_help_lists_the_options_of_the_model_and_of_the_test(call: Call):
    shown = call("lrfind", "--model", "gru", "--help").out
    assert all(option in shown for option in ("--lowest", "--hidden", "--batch-size", "--column", "--out"))
    assert "--learning-rate" not in shown
    assert "Commands" not in shown
