"""Engines in which tests run translated models: JavaScript in Node and in a browser, C by the system's cc."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jaxtyping import Array

from moregrad.formats.c import to_c
from moregrad.formats.javascript import to_javascript
from moregrad.models.model import Model

if TYPE_CHECKING:
    from playwright.sync_api import Page

Word = tuple[int, ...]
Logits = dict[Word, np.ndarray]

WALK = """
const walk = (model, words) => {
  const states = {"": model.begin()}, logits = [];
  for (const word of words) {
    const made = model.advance(states[word.slice(0, -1).join()], word.at(-1));
    states[word.join()] = made.state;
    logits.push(...made.logits);
  }
  return logits;
};
"""
NODE = """
const bytes = require("fs").readFileSync(process.argv[2]);
const model = (FUNCTION)(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
process.stdout.write(Buffer.from(new Float32Array(walk(model, JSON.parse(process.argv[3]))).buffer));
"""
PAGE = """
async ([base64, words]) => {
  const response = await fetch(`data:application/octet-stream;base64,${base64}`);
  return walk((FUNCTION)(await response.arrayBuffer()), words);
}
"""
C_MAIN = """
int main(int count, char **words) {
  moregrad_state *states = malloc(sizeof(moregrad_state) * (size_t)(count / 2 + 1));
  moregrad_begin(&states[0]);
  for (int i = 1; i + 1 < count; i += 2) {
    float logits[MOREGRAD_VOCAB];
    moregrad_state *state = &states[(i + 1) / 2];
    *state = states[atoi(words[i])];
    moregrad_advance(state, atoi(words[i + 1]), logits);
    fwrite(logits, sizeof logits, 1, stdout);
  }
  return 0;
}
"""
HEAD = "#include <math.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
COMPILE = ["cc", "-std=c99", "-Wall", "-Wextra", "-Wno-type-limits", "-pedantic", "-Werror"]


def tree(*words: Sequence[int]) -> list[Word]:
    """Every beginning of `words`, each once and after those that it begins with."""
    return list(dict.fromkeys(tuple(word[:end]) for word in words for end in range(1, len(word) + 1)))


def in_python(model: Model, words: Sequence[Word]) -> Logits:
    """The logits after each of `words`, by `Model.advance`."""
    advance = eqx.filter_jit(lambda model, state, token: model.advance(state, token))
    states: dict[Word, Any] = {(): model.begin(1)}
    found: Logits = {}
    for word in words:
        logits, states[word] = advance(model, states[word[:-1]], jnp.asarray([word[-1]], jnp.int32))
        found[word] = np.asarray(logits[0])
    return found


def in_javascript(model: Model, vocab: int, words: Sequence[Word], *, half: bool = False) -> Logits:
    """The same in JavaScript: every state is kept, and gone on from as often as words begin with what led to it."""
    text, weights = to_javascript(model, vocab, half=half)
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node to run JavaScript with")
    with TemporaryDirectory() as folder:
        script, numbers = Path(folder, "step.js"), Path(folder, "weights")
        script.write_text(WALK + NODE.replace("FUNCTION", text))
        numbers.write_bytes(weights)
        command = [node, str(script), str(numbers), json.dumps(words)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[:2000]
    return _by_word(done.stdout, vocab, words)


def in_page(page: "Page", model: Model, vocab: int, words: Sequence[Word]) -> Logits:
    """The same in a page of a browser."""
    text, weights = to_javascript(model, vocab)
    function = f"(argument) => {{ {WALK} return ({PAGE.replace('FUNCTION', text)})(argument); }}"
    logits = page.evaluate(function, [base64.b64encode(weights).decode(), words])
    return _by_word(np.array(logits, np.float32).tobytes(), vocab, words)


def in_c(model: Model, vocab: int, words: Sequence[Word]) -> Logits:
    """The same in C."""
    if shutil.which("cc") is None:
        pytest.skip("there is no cc to compile C with")
    text = f"{HEAD}#define MOREGRAD_VOCAB {vocab}\n{to_c(model, vocab)}{C_MAIN}"
    places = {(): 0} | {word: number + 1 for number, word in enumerate(words)}
    with TemporaryDirectory() as folder:
        source, program = Path(folder, "step.c"), Path(folder, "step")
        source.write_text(text)
        command = [*COMPILE, source, "-o", program, "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[:2000]
        steps = [str(number) for word in words for number in (places[word[:-1]], word[-1])]
        made = subprocess.run([program, *steps], capture_output=True, check=True, timeout=120).stdout
    return _by_word(made, vocab, words)


def _by_word(content: bytes, vocab: int, words: Sequence[Word]) -> Logits:
    return dict(zip(words, np.frombuffer(content, np.float32).reshape(-1, vocab), strict=True))


class Computed(Model):
    """A model that computes functions of fixed arrays: its state are these arrays, its logits all results in a row."""

    functions: tuple[Callable[..., Any], ...] = eqx.field(static=True)
    inputs: tuple[Array, ...]

    def __call__(self, tokens: Any) -> Any:
        raise NotImplementedError

    def begin(self, batch: int) -> tuple[Array, ...]:
        return self.inputs

    def advance(self, state: Any, token: Any) -> Any:
        results = [jnp.ravel(each).astype(jnp.float32) for each in self.results(state)]
        return jnp.concatenate(results)[None], state

    def results(self, state: Any) -> list[Array]:
        return [jnp.asarray(each) for function in self.functions for each in jax.tree.leaves(function(*state))]


def check(functions: Mapping[str, Callable[..., Any]], *inputs: Any, tolerance: float = 2e-6) -> None:
    """Asserts that each of `functions` gives the same of `inputs` in JAX, in JavaScript and in C."""
    arrays = tuple(map(jnp.asarray, inputs))
    model = Computed(tuple(functions.values()), arrays)
    each = [Computed((function,), arrays).results(arrays) for function in functions.values()]
    sizes = [sum(result.size for result in results) for results in each]
    vocab, word = sum(sizes), (0,)
    expected = in_python(model, [word])[word]
    for engine in (in_javascript, in_c):
        found = engine(model, vocab, [word])[word]
        start = 0
        for name, size in zip(functions, sizes, strict=True):
            own = slice(start, start := start + size)
            np.testing.assert_allclose(
                found[own], expected[own], rtol=tolerance, atol=tolerance, err_msg=f"{name} {engine.__name__}"
            )
