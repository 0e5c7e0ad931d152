"""One step of a model as a program."""

import jax.numpy as jnp
import numpy as np
import pytest
from runs.prepared import prepared

from formats.engines import Computed
from moregrad.errors import ModelError
from moregrad.formats.translation.step import Step

ROW = jnp.asarray(np.ones(4, np.float32))


def test_the_outputs_are_the_logits_and_the_state():
    run = prepared("lstm", embedding=4, hidden=4)
    step = Step.of(run.model, len(run.vocabulary))
    assert [each.size for each in step.outputs] == [12, *(each.size for each in step.state)]
    assert [each.size for each in step.begun] == [each.size for each in step.state]


def test_tables_of_counts_are_kept_without_the_rows_that_follow_from_them():
    run = prepared("ngram", order=4)
    step = Step.of(run.model, len(run.vocabulary))
    rows = run.model.tables.rows  # pyright: ignore[reportAttributeAccessIssue]
    assert sum(each.nbytes for each in step.program.constants.values()) < rows.nbytes / 3


def test_a_state_that_changes_its_kind_is_refused():
    class Growing(Computed):
        def advance(self, state, token):
            logits, _ = super().advance(state, token)
            return logits, tuple(jnp.concatenate([each, each]) for each in state)

    with pytest.raises(ModelError, match=r"turns a state of .*\(4,\).* into one of .*\(8,\)"):
        Step.of(Growing((lambda x: x,), (ROW,)), 4)


def test_a_state_of_a_type_that_cannot_be_had_is_refused():
    with pytest.raises(ModelError, match="the state has numbers of float16"):
        Step.of(Computed((lambda x: x,), (ROW.astype(jnp.float16),)), 4)
