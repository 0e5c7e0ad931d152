"""A run as a notebook shows it."""

import moregrad
from moregrad.runs.notebook import describe
from runs.prepared import prepared


def test_a_run_shows_its_model_its_losses_and_their_curve(run: moregrad.Run):
    html = run._repr_html_()
    assert run.record.losses is not None
    for text in ("mlp: ", f"{run.record.parameters:,}", "validation", f"{run.record.losses['test'].all.nats:.4f}"):
        assert text in html
    assert html.count("<svg") == html.count("</svg>") == 1
    assert "<?xml" not in html


def test_a_run_before_its_first_step_says_that_no_loss_is_on_record():
    html = describe(prepared("mlp", hidden=8))
    assert "No loss is on record yet" in html
    assert "<svg" not in html


def test_words_are_text_and_no_markup():
    words = [f"<b{letter}>" for letter in "abcdefghijkl"]
    html = describe(moregrad.train(words, "ngram", order=2))
    assert "&lt;b" in html
    assert "<ba>" not in html


def test_nothing_is_drawn_anew(run: moregrad.Run):
    assert describe(run) == describe(run)
