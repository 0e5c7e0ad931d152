"""Losses as a table."""

import math

from moregrad.cli.losses import loss_table, sampling_notes
from moregrad.cli.screen import show
from moregrad.evaluation.scores import Evaluation, Score


def test_a_line_has_nats_bits_and_perplexity_of_all_words_and_of_unseen_ones(capsys):
    # 2.5 nats are 2.5 / ln 2 = 3.6067 bits and a perplexity of e^2.5 = 12.1825.
    show(loss_table({"test": Evaluation(Score(25_000.0, 10_000, 2_000), Score(math.log(2) * 6, 6, 3))}))
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split() == ["list", "words", "nats", "bits", "perplexity", "unseen", "nats", "bits", "perplexity"]
    assert line.split() == ["test", "2,000", "2.5000", "3.6067", "12.1825", "3", "0.6931", "1.0000", "2.0000"]


def test_no_words_have_no_loss(capsys):
    show(loss_table({"train": Evaluation(Score(2.0, 2, 1), Score(0.0, 0, 0))}))
    assert capsys.readouterr().out.splitlines()[1].split()[5:] == ["0", "-", "-", "-"]


def test_figures_have_the_digits_that_their_error_supports(capsys):
    score = Score(25_000.0, 10_000, 2_000, standard_error=0.0119, sampled_from=900_000)
    losses = {"train": Evaluation(score, Score(0.0, 0, 0)), "test": Evaluation(Score(2.0, 2, 1), Score(0.0, 0, 0))}
    show(loss_table(losses), *sampling_notes(losses, "moregrad evaluate run --all"))
    # An error of 0.0119 nats is one of 0.0172 bits, and of 12.18 * 0.0119 = 0.145 in perplexity.
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[2:6] == ["2.500", "±0.012", "3.607", "12.18"]
    assert lines[-1] == "Words drawn at random from train of 900,000; `moregrad evaluate run --all` scores all of them"


def test_nothing_is_said_of_samples_where_all_words_were_scored():
    score = Score(2.0, 2, 1)
    assert list(sampling_notes({"train": Evaluation(score, score)}, "")) == []


def test_a_perplexity_beyond_all_numbers_is_a_dash(capsys):
    score = Score(20_000.0, 20, 4, standard_error=0.1)
    show(loss_table({"test": Evaluation(score, score)}))
    assert capsys.readouterr().out.splitlines()[1].split()[1:6] == ["4", "1000.00", "±0.10", "1442.70", "-"]
