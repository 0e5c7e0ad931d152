"""The pictures of a run."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest
from plots.figures import bars, legend, render

import moregrad
from moregrad.errors import AlphabetError, ModelError
from moregrad.evaluation import diagnostics
from moregrad.runs import pictures, starting
from moregrad.runs.record import Started
from runs.prepared import prepared
from runs.small import NAMES


def test_probabilities_are_those_of_the_run(run: moregrad.Run):
    axes = run.plot("probabilities", prefix="ma")
    expected = np.sort(run.probabilities("ma").probabilities)[::-1]
    assert bars(axes) == pytest.approx(expected.tolist())
    assert axes.get_title() == "after ma"
    assert run.plot("probabilities").get_title() == "the first character of a word"


def test_surprisal_is_that_of_the_run_beside_the_likeliest_character(run: moregrad.Run):
    texts = [text.get_text() for text in run.plot("surprisal", word="lina").texts]
    found = run.explain("lina")
    assert texts[0::2] == [*"lina", "."]
    assert texts[1].startswith(f"{found.surprisal[0]:.2f}\n(")


def test_without_a_word_the_first_word_to_be_tested_on_is_looked_at(run: moregrad.Run):
    word = run.splits["test"].words(run.vocabulary)[0]
    texts = [text.get_text() for text in run.plot("surprisal").texts]
    assert "".join(texts[0::2]) == f"{word}."


def test_a_word_with_another_character_is_refused(run: moregrad.Run):
    with pytest.raises(AlphabetError, match="'z' at position 1"):
        run.plot("surprisal", word="z")


def test_embeddings_have_a_letter_for_each_row(run: moregrad.Run):
    texts = [text.get_text() for text in run.plot("embeddings").texts]
    assert texts == [".", *run.vocabulary.characters]


def test_a_token_of_padding_is_named():
    texts = [text.get_text() for text in prepared("mlp", pad_token=True, hidden=8).plot("embeddings").texts]
    assert texts[-1] == "pad"


def test_the_table_of_positions_is_not_taken_for_characters():
    run = prepared("transformer", embedding=8, heads=2, depth=1, positions="learned")
    assert len(run.plot("embeddings").texts) == len(run.vocabulary)


def test_all_heads_of_all_blocks_are_drawn():
    run = prepared("transformer", embedding=8, heads=2, depth=3)
    axes = run.plot("attention", word="lina")
    assert len(axes.images) == 6
    tokens = jnp.asarray([[0, *run.vocabulary.encode("lina")]], jnp.int32)
    maps = diagnostics.attention_maps(run.model, tokens)
    assert np.array_equal(np.asarray(axes.images[0].get_array()), next(iter(maps.values()))[0, 0])
    assert render(axes)


def test_a_member_of_a_mixture_is_looked_into():
    run = prepared("mixture")
    assert len(run.plot("embeddings").texts) == len(run.vocabulary)
    assert render(run.plot("receptive-field", word="lina"))


@pytest.mark.parametrize(
    ("model", "settings", "seen"),
    [("wavenet", {"levels": 2, "hidden": 8}, 4), ("cnn", {"depth": 3, "embedding": 8}, 8)],
)
def test_the_field_of_a_stack_ends_where_its_levels_do(model, settings, seen):
    assert prepared(model, **settings).plot("receptive-field").get_title() == f"at most {seen} positions seen"


def test_the_shades_of_a_field_are_those_of_the_word_beside_it():
    run = prepared("gru", hidden=8, embedding=4)
    tokens = np.array([0, *run.vocabulary.encode("anna")])
    shades = np.asarray(run.plot("receptive-field", word="anna").images[0].get_array())
    np.testing.assert_allclose(shades, diagnostics.saliency(run.model, tokens), rtol=1e-5)
    assert not np.allclose(shades, np.asarray(run.plot("receptive-field", word="lina").images[0].get_array()))


def test_the_outputs_of_a_recurrence_of_tanh_may_be_dead():
    assert "units" in prepared("rnn", hidden=8, embedding=4).plot("dead-units").get_title()


def test_activations_are_those_of_the_functions_unless_another_layer_is_asked_for(run: moregrad.Run):
    assert len(legend(run.plot("activations"))) == 1
    (line,) = legend(run.plot("activations", layer="embedding"))
    assert line.startswith("embedding")


def test_a_layer_is_told_with_its_kind():
    (line,) = legend(prepared("mlp", hidden=8).plot("gradients"))
    assert line.split()[1] == "tanh"


def test_a_layer_that_does_not_exist_is_refused_with_those_there_are(run: moregrad.Run):
    with pytest.raises(ModelError, match=r"no layer here has 'block' in its path; the paths are .*embedding"):
        run.plot("activations", layer="block")


def test_only_matrices_have_histograms_of_weight_gradients(run: moregrad.Run):
    lines = [line.split()[0] for line in legend(run.plot("weight-gradients"))]
    assert lines
    assert not [line for line in lines if "bias" in line]


def test_the_first_steps_of_a_run_begin_where_it_began(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    def begun_with(name: str) -> moregrad.Run:
        return replace(run, record=run.record.replace(start=Started(name, 1, 0, 0)))

    asked = []
    monkeypatch.setattr(pictures, "begin", lambda *_, start, **__: asked.append(start) or run)
    begun_with(starting.NAME).plot("update-ratios", steps=1)
    run.plot("update-ratios", steps=1)
    assert asked == [starting.shipped(), None]
    with pytest.raises(ModelError, match="has nothing to show as update-ratios"):
        begun_with("runs/gone").plot("update-ratios")


def test_updates_are_those_of_the_first_steps(run: moregrad.Run):
    line = run.plot("update-ratios", steps=3).get_lines()[0]
    assert len(np.asarray(line.get_xdata())) == 3


def test_rows_of_the_gradient_of_the_logits_are_scored_ones():
    axes = prepared("gru", hidden=8, embedding=4).plot("logits-gradient")
    gradient = np.asarray(axes.images[0].get_array())
    assert (abs(gradient).sum(axis=1) > 0).all()
    assert render(axes)


def test_new_words_stand_beside_the_list(run: moregrad.Run):
    axes = run.plot("lengths", count=20)
    assert legend(axes) == ["list", "new words"]


def test_each_loss_of_a_mixture_is_told_by_the_line_that_shows_it():
    mixed = moregrad.train(NAMES, "gru+ngram", hidden=8, embedding=4, steps=20, eval_every=10, batch_size=8)
    validation, _, batches = legend(axes := mixed.plot("losses"))
    assert np.asarray(axes.get_lines()[2].get_ydata())[-1] == pytest.approx(mixed.metrics[-1].train)
    assert batches == f"training batches {mixed.metrics[-1].train:8.4f}"
    assert mixed.record.losses is not None
    assert validation.split() == ["validation", f"{mixed.record.losses['validation'].all.nats:.4f}"]


def test_losses_of_several_runs_are_listed_with_the_best_first(run: moregrad.Run):
    counts = prepared("ngram", order=2)
    axes = pictures.compare({"counts": counts, "mlp": run})
    assert legend(axes)[0].split()[0] == "mlp"
