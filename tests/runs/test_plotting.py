"""Pictures by name."""

import polars as pl
import pytest
from plots.figures import render

import moregrad
from moregrad.errors import ConfigurationError, DataError, ModelError
from moregrad.runs.plotting import OF_LISTS, OF_RUNS, plot_list, plot_run, plot_runs
from runs.prepared import prepared

WORDS = pl.Series(["emma", "olivia", "ava"])


@pytest.mark.parametrize("kind", sorted(OF_LISTS))
def test_every_picture_of_a_list_is_drawn(kind: str):
    assert render(plot_list(WORDS, kind, **{"smoothing": 1} if "smoothing" in OF_LISTS[kind].options else {}))


@pytest.mark.parametrize("kind", sorted({*OF_LISTS, *OF_RUNS} - {"attention"}))
def test_every_picture_of_a_run_is_drawn(kind: str, run: moregrad.Run):
    few = {name: 5 for name in ("steps", "count") if kind in OF_RUNS and name in OF_RUNS[kind].options}
    smoothed = {"smoothing": 1} if kind not in OF_RUNS else {}
    assert render(run.plot(kind, **few, **smoothed))


def test_several_runs_are_drawn_together(run: moregrad.Run):
    axes = plot_runs({"first": run, "second": run})
    assert len(axes.get_lines()) == 2
    assert render(axes)


def test_a_picture_that_a_model_cannot_show_is_refused_with_those_it_can(run: moregrad.Run):
    with pytest.raises(ModelError, match=r"mlp has nothing to show as attention; it has bigrams, .*, embeddings"):
        plot_run(run, "attention")


def test_counts_show_no_gradients_and_no_embeddings():
    counts = prepared("ngram", order=2)
    for kind in ("gradients", "embeddings", "receptive-field", "dead-units", "update-ratios", "attention", "losses"):
        with pytest.raises(ModelError, match=f"ngram has nothing to show as {kind}; it has"):
            counts.plot(kind)
    assert render(counts.plot("probabilities", prefix="a"))


def test_a_picture_that_does_not_exist_is_refused_with_the_nearest(run: moregrad.Run):
    with pytest.raises(ConfigurationError, match="there is no picture 'losess'; did you mean 'losses'"):
        run.plot("losess")
    with pytest.raises(ConfigurationError, match="there is no picture 'heatmpa'; did you mean 'heatmap'"):
        plot_list(WORDS, "heatmpa")


def test_a_picture_of_runs_is_refused_for_a_list():
    with pytest.raises(DataError, match="embeddings is a picture of a run; of a list there are bigrams,"):
        plot_list(WORDS, "embeddings")


def test_an_option_that_a_picture_does_not_have_is_refused(run: moregrad.Run):
    with pytest.raises(ConfigurationError, match="the picture surprisal has no prefix; it has word"):
        run.plot("surprisal", prefix="an")
    with pytest.raises(ConfigurationError, match="the picture losses has no word; it has no options"):
        run.plot("losses", word="emma")
    with pytest.raises(ConfigurationError, match="picture has no setting 'wrod'; did you mean 'word'"):
        run.plot("surprisal", wrod="emma")
