"""Tables of probabilities as temperature and cuts change them, against the processors themselves."""

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.sampling import rows
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors
from moregrad.sampling.rows import changes_nothing, drawn_with

TABLE = np.random.default_rng(0).dirichlet(np.full(5, 0.4), 7)


@pytest.mark.parametrize("options", [{"temperature": 0.3}, {"top_k": 2}, {"top_p": 0.6}, {"min_p": 0.5, "top_k": 3}])
def test_rows_are_drawn_as_the_processors_draw_them(options, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "ROWS", 4)
    asked = Sampling(**options)
    assert not changes_nothing(asked)
    expected = np.asarray(Processors.of(asked)(jnp.log(jnp.asarray(TABLE, jnp.float32))))
    expected = expected / expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(drawn_with(TABLE, asked), expected, atol=1e-6)


def test_the_models_own_probabilities_stay_as_exact_as_they_are():
    assert changes_nothing(Sampling(count=3, prefix="a", novel=True))
    assert drawn_with(TABLE, Sampling()) is TABLE


@pytest.mark.parametrize("options", [{"temperature": 0.0}, {"temperature": 0.5}])
def test_what_is_impossible_stays_so_and_empty_rows_stay_empty(options):
    table = np.array([[0, 0, 0], [0, 0.25, 0.75]])
    drawn = drawn_with(table, Sampling(**options))
    assert drawn[0].tolist() == [0, 0, 0]
    assert drawn[1, 0] == 0
    assert drawn[1].sum() == pytest.approx(1)
