"""A run that a stranger made: digests in order, but fields, types, shapes or words that moregrad never writes.

Loading it, and scoring, evaluating, sampling and training with what was loaded, ends well or in one line, soon, and
takes no memory in proportion to a number in it.
"""

import json
import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

import moregrad
from campaigns import Trial
from campaigns._runs import finished
from moregrad.errors import MoregradError
from moregrad.runs.arrays import Arrays, digest
from moregrad.runs.storage import DIGEST, HEADER, MODEL, WORDS, digest_content

TRIES = 600
SECONDS, MEBIBYTES = 20, 1000
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2, 9, 10**9, 2**31, 2**63, 10**400, 0.5, -1.5, 1e308, "", "9", "mlp", "\ud800",
    "\x1b[31m", "x" * 10**5, [], {}, [[]], [1, 2], ["a"], {"name": "gru"}, {"name": []},
)  # fmt: skip
KINDS = ("int32", "int64", "uint8", "uint16", "float16", "float64", "bool")

Header = dict[str, Any]


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yields the path of every value in nested JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from paths(each, (*path, key))


def change_header(header: Header, arrays: Arrays, random: Random) -> str:
    """Puts an odd value somewhere in the header, or takes a field away."""
    *path, last = random.choice(list(paths(header)))
    inner = header
    for key in path:
        inner = inner[key]
    if random.random() < 0.15:
        del inner[last]
        return f"header without {[*path, last]}"
    inner[last] = random.choice(ODD)
    return f"header with {[*path, last]} {inner[last]!s:.40}"


def change_array(header: Header, arrays: Arrays, random: Random) -> str:
    """Gives an array another type, shape or numbers, or takes it away."""
    name = random.choice(sorted(arrays))
    array = arrays[name]
    match random.randrange(6):
        case 0:
            arrays[name] = array.astype(random.choice(KINDS))
        case 1:
            arrays[name] = np.ascontiguousarray(array.T) if array.ndim > 1 else array[None]
        case 2:
            arrays[name] = array[: len(array) // 2] if array.ndim else np.zeros(3, array.dtype)
        case 3:
            del arrays[name]
        case 4:
            odd = random.choice([np.nan, np.inf, -1.0]) if array.dtype.kind == "f" else random.choice([0, 1, 200])
            arrays[name] = np.full_like(array, odd)
        case 5:
            flat = random.sample(array.ravel().tolist(), array.size)
            arrays[name] = np.array(flat, array.dtype).reshape(array.shape)
    now = arrays.get(name)
    return f"array {name} " + ("gone" if now is None else f"{now.dtype} {now.shape}")


def trials(seed: int) -> Iterator[Trial]:
    """Yields trials of one crafted run each, drawn at random, without end."""
    random = Random(seed)
    with TemporaryDirectory() as parent:
        while True:
            folder = shutil.copytree(finished(), Path(parent) / "run")
            what = craft(folder, random)
            yield Trial(what, find_problem(folder))
            shutil.rmtree(folder)


def craft(folder: Path, random: Random) -> str:
    """Changes the run in `folder`, with right digests, and says how."""
    with safe_open(folder / MODEL, "numpy") as file:
        header = json.loads(file.metadata()[HEADER])
    arrays, words = load_file(folder / MODEL), load_file(folder / WORDS)
    target = random.choice([arrays, arrays, words])
    change = change_array if target is words or random.random() < 0.4 else change_header
    what = change(header, target, random)
    if target is words:
        save_file(words, folder / WORDS)
        header["words"] = digest_content((folder / WORDS).read_bytes())
    text = json.dumps(header)
    save_file(arrays, folder / MODEL, {HEADER: text, DIGEST: digest(text, arrays)})
    return what if target is arrays else f"words: {what}"


def find_problem(folder: Path) -> str:
    """Says what is wrong with how a crafted run is read and used."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        run = moregrad.load(folder)
        run.score(["ada", "bea"])
        run.evaluate()
        run.sample(2)
        moregrad.resume(folder)
    except MoregradError as error:
        if "\n" in str(error) or len(str(error)) > 600:
            return f"told at length: {str(error)[:200]!r}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    seconds = time.monotonic() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if seconds > SECONDS or grown > MEBIBYTES:
        return f"took {seconds:.0f} s and {grown:.0f} MiB"
    return ""
