"""Folders loaded by transformers itself, where it is installed; what it computed is on record in tests/reference."""

from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from formats.hugging_face.folders import KINDS, written
from moregrad.formats.hugging_face.reading import read_folder

pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize("kind", KINDS)
def test_transformers_loads_spells_generates_and_saves_the_model(kind: str, tmp_path: Path):
    transformers = pytest.importorskip("transformers", reason="transformers and torch are not installed")
    torch = pytest.importorskip("torch", reason="torch is not installed")
    run, folder = written(kind, tmp_path)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    for word in ("lada", "t", ""):
        ids = tokenizer(word)["input_ids"]
        assert ids == [0, *run.vocabulary.encode(word).tolist()]
        assert tokenizer.decode(ids, skip_special_tokens=True) == word
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits.numpy()
        np.testing.assert_allclose(run.model(jnp.asarray([ids])), logits, rtol=1e-5, atol=1e-5)
    with pytest.raises(Exception, match="UNK"):
        tokenizer("x")
    made = model.generate(**tokenizer("l", return_tensors="pt"), num_return_sequences=3)
    assert all(word.startswith("l") for word in tokenizer.batch_decode(made, skip_special_tokens=True))
    model.save_pretrained(tmp_path / "again")
    tokenizer.save_pretrained(tmp_path / "again")
    tokens = jnp.asarray([[0, 1, 2, 3]])
    np.testing.assert_allclose(read_folder(tmp_path / "again").model(tokens), run.model(tokens), atol=1e-5)
