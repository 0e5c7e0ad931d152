"""The function in JavaScript, as the page calls it."""

import json
import shutil
import subprocess
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from runs.prepared import prepared

from formats.engines import Computed
from moregrad.errors import ModelError
from moregrad.formats.javascript import to_javascript

BOUND = "const bytes = require('fs').readFileSync(process.argv[2]).buffer; const model = (FUNCTION)(bytes); "


def evaluate(expression: str, model: tuple[str, bytes], folder: Path) -> object:
    """The value of an expression in which `model` is the model."""
    if shutil.which("node") is None:
        pytest.skip("there is no node to run JavaScript with")
    text, weights = model
    (folder / "weights").write_bytes(weights.ljust(8192, b"\0"))
    (folder / "a.js").write_text(BOUND.replace("FUNCTION", text) + f"console.log(JSON.stringify({expression}))")
    command = ["node", str(folder / "a.js"), str(folder / "weights")]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)


@pytest.fixture(scope="module")
def small() -> tuple[str, bytes]:
    run = prepared("gru", embedding=4, hidden=4)
    return to_javascript(run.model, len(run.vocabulary))


def test_a_state_is_left_as_it_was(small: tuple[str, bytes], tmp_path: Path):
    kept = "(() => { const s = model.advance(model.begin(), 0).state, before = JSON.stringify(s);"
    kept += " model.advance(s, 1); model.advance(s, 2); return before === JSON.stringify(s); })()"
    assert evaluate(kept, small, tmp_path) is True


def test_logits_are_new_numbers_of_the_size_of_the_vocabulary(small: tuple[str, bytes], tmp_path: Path):
    asked = "[model.vocab, model.advance(model.begin(), 0).logits.constructor.name, "
    asked += "model.advance(model.begin(), 0).logits === model.advance(model.begin(), 0).logits]"
    assert evaluate(asked, small, tmp_path) == [12, "Float32Array", False]


@pytest.mark.parametrize("token", ["-1", "12", "1.5", "'a'", "undefined", "NaN"])
def test_what_is_no_token_is_refused(small: tuple[str, bytes], tmp_path: Path, token: str):
    asked = f"(() => {{ try {{ model.advance(model.begin(), {token}) }} catch (e) {{ return e.message }} }})()"
    assert "must be a whole number from 0 to 11" in str(evaluate(asked, small, tmp_path))


def test_rounded_weights_take_half_the_room():
    run = prepared("gru", embedding=32, hidden=32)
    whole, half = (to_javascript(run.model, len(run.vocabulary), half=half)[1] for half in (False, True))
    assert len(half) < 0.55 * len(whole)


def test_tables_of_counts_are_never_rounded():
    run = prepared("ngram")
    assert to_javascript(run.model, 12, half=True)[1] == to_javascript(run.model, 12)[1]


def test_what_is_computed_by_nothing_known_is_named():
    model = Computed((lambda x: jax.lax.lgamma(x),), (jnp.asarray(np.ones(4, np.float32)),))
    with pytest.raises(ModelError, match="the model computes lgamma, which cannot be translated"):
        to_javascript(model, 4)


def test_numbers_of_a_type_that_cannot_be_had_are_named():
    model = Computed(
        (lambda x: (x.astype(jnp.bfloat16) * 2).astype(jnp.float32),), (jnp.asarray(np.ones(4, np.float32)),)
    )
    with pytest.raises(ModelError, match="in bfloat16; only float32, int32"):
        to_javascript(model, 4)


def test_another_number_of_logits_is_refused():
    with pytest.raises(ModelError, match=r"the shape \(1, 4\); it must be \(1, 5\)"):
        to_javascript(Computed((lambda x: x,), (jnp.asarray(np.ones(4, np.float32)),)), 5)
