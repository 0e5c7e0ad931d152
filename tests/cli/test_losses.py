"""Losses as a table."""

import math

from moregrad.cli.losses import loss_table
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
