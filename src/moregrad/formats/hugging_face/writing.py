"""Writing a folder that transformers loads, without transformers."""

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors.numpy import save

from moregrad.errors import StorageError
from moregrad.formats.hugging_face.card import public_name, write_card
from moregrad.formats.hugging_face.families import family_of, to_config
from moregrad.formats.hugging_face.tensors import to_tensors
from moregrad.formats.hugging_face.tokenizer import TOKEN, to_tokenizer

if TYPE_CHECKING:
    from moregrad.runs.run import Run

CONFIG, TENSORS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
ABOUT = "moregrad"
"""The entry of config.json that tells what transformers has no use for."""


def write_folder(run: "Run", path: Path) -> None:
    """Writes `run` as the folder `path`, which must not exist.

    Raises ModelError for a model that transformers does not have, StorageError if the folder cannot be written.
    """
    files = contents(run, path.name)
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.part")
    try:
        temporary.mkdir(parents=True)
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        temporary.rename(path)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}; name another folder") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def contents(run: "Run", title: str) -> dict[str, bytes]:
    """Returns the files of the folder by name."""
    family, architecture, model = family_of(run.architecture, run.model, run.block)
    source = public_name(run)
    about = {"split": run.record.split, "source": source, "fingerprint": run.record.fingerprint}
    tokens = {"bos_token": TOKEN, "eos_token": TOKEN, "pad_token": TOKEN}
    settings = {
        CONFIG: {**to_config(family, architecture, len(run.vocabulary), run.block), ABOUT: about},
        TOKENIZER: to_tokenizer(run.vocabulary, lower=run.record.lower),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": run.block,
            "clean_up_tokenization_spaces": False,
            **tokens,
        },
        # A top_k of 0 takes all characters, where transformers would take the 50 most probable.
        "generation_config.json": {
            "bos_token_id": 0,
            "eos_token_id": 0,
            "pad_token_id": 0,
            "do_sample": True,
            "top_k": 0,
            "max_length": run.block,
        },
    }
    return {
        **{name: _as_json(values) for name, values in settings.items()},
        TENSORS: save(to_tensors(family, model), {"format": "pt"}),
        "README.md": write_card(run, title, source).encode(),
    }


def _as_json(values: dict[str, Any]) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
