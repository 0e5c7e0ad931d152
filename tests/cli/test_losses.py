"""Losses as a table."""

import math

from moregrad.cli.losses import loss_table, sampling_notes, unresolved
from moregrad.cli.screen import show
from moregrad.evaluation.scores import Evaluation, Score


def test_a_line_has_every_measure_of_all_words_and_the_nats_of_unseen_ones(capsys):
    # 2.5 nats are 2.5 / ln 2 = 3.6067 bits and a perplexity of e^2.5 = 12.1825.
    show(loss_table({"test": Evaluation(Score(25_000.0, 10_000, 2_000), Score(math.log(2) * 6, 6, 3))}))
    heading, line = capsys.readouterr().out.splitlines()
    measures = ["nats", "bits", "perplexity"]
    assert heading.split() == ["list", "words", *measures, "unseen", "nats", "given", "new"]
    assert line.split() == ["test", "2,000", "2.5000", "3.6067", "12.1825", "3", "0.6931", "-"]


def test_no_words_have_no_loss(capsys):
    show(loss_table({"train": Evaluation(Score(2.0, 2, 1), Score(0.0, 0, 0))}))
    assert capsys.readouterr().out.splitlines()[1].split()[5:] == ["0", "-", "-"]


def test_the_loss_of_one_word_is_told_roughly(capsys):
    word = Score(6.3963, 3, 1)
    show(loss_table({"validation": Evaluation(word, word)}))
    assert capsys.readouterr().out.splitlines()[1].split()[1:] == ["1", "2.1", "3.1", "8", "1", "2.1", "-"]


def test_figures_have_the_digits_that_their_error_supports(capsys):
    score = Score(25_000.0, 10_000, 2_000, standard_error=0.0119, sampled_from=900_000)
    losses = {"train": Evaluation(score, Score(0.0, 0, 0)), "test": Evaluation(Score(2.0, 2, 1), Score(0.0, 0, 0))}
    show(loss_table(losses), *sampling_notes(losses, "moregrad evaluate run --all"))
    # An error of 0.0119 nats is one of 0.0172 bits, and of 12.18 * 0.0119 = 0.145 in perplexity.
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[2:6] == ["2.500", "±0.012", "3.607", "12.18"]
    told = "Words drawn at random from train of 900,000; `moregrad evaluate run --all` scores all of them"
    assert " ".join(lines[3:]).split() == told.split()


def test_nothing_is_said_of_samples_where_all_words_were_scored():
    score = Score(2.0, 2, 1)
    assert list(sampling_notes({"train": Evaluation(score, score)}, "")) == []


def test_a_perplexity_beyond_all_numbers_is_a_dash(capsys):
    score = Score(20_000.0, 20, 4, standard_error=0.1)
    show(loss_table({"test": Evaluation(score, score)}))
    assert capsys.readouterr().out.splitlines()[1].split()[1:6] == ["4", "1000.00", "±0.10", "1442.70", "-"]


def test_the_loss_given_new_stands_beside_the_others_and_the_calibrated_one_where_words_are_repeated(capsys):
    plain, given_new, calibrated = Score(6.0, 3, 2), Score(4.5, 3, 2), Score(3.0, 3, 2)
    show(loss_table({"test": Evaluation(plain, plain, given_new, None, 0.25)}))
    assert capsys.readouterr().out.splitlines()[1].split()[-1] == "1.5000"
    show(loss_table({"test": Evaluation(plain, plain, given_new, calibrated, 0.25)}))
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split()[-3:] == ["given", "new", "calibrated"]
    assert line.split()[-2:] == ["1.5000", "1.0000"]


def test_a_loss_given_new_that_is_missing_says_why_if_that_is_known():
    plain = Score(6.0, 3, 1)
    told = unresolved({name: Evaluation(plain, plain, None, None, 0.9999) for name in ("train", "test")})
    assert [text.split(";")[0] for text in told] == [
        "no loss given new: the model puts 99.990% of its probability on the words of its list, and float32 cannot "
        "tell what is left for new ones"
    ]
    assert unresolved({"old": Evaluation(plain, plain), "new": Evaluation(plain, plain, plain, None, 0.9)}) == []
