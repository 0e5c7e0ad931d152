"""Files that torch.save wrote, read without torch: an archive of numbers and a description of the tensors in them."""

import math
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import jax.numpy as jnp
import numpy as np

from moregrad.errors import DataError
from moregrad.formats.foreign import read_content
from moregrad.formats.makemore.description import Tensor, describe

ARCHIVE = b"PK\x03\x04"
BEFORE = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""The first bytes of a file that torch wrote before version 1.6."""

LONGEST = 2**24
"""The most bytes that a description may have."""


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """Returns the tensors in `path` by name.

    Raises DataError for a file that is none of torch's, is damaged, or holds anything but tensors by name; nothing in
    it is run.
    """
    content = read_content(path)
    if content.startswith(BEFORE):
        raise DataError("torch wrote it before version 1.6; load it with a later torch and save it again")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _read(archive, len(content))
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise DataError(f"it is no file of torch.save, or damaged: {error}") from error


def _read(archive: ZipFile, length: int) -> dict[str, np.ndarray]:
    entries = {entry.filename.partition("/")[2]: entry for entry in archive.infolist()}
    if "data.pkl" not in entries:
        raise DataError("it is an archive without the data.pkl that torch.save writes")
    # Stored as they are, entries are no longer than the file; packed ones might be of any length.
    if any(entry.compress_type != ZIP_STORED for entry in entries.values()):
        raise DataError("its entries are compressed, as torch.save writes none")
    if entries["data.pkl"].file_size > LONGEST:
        raise DataError(f"its description of tensors has more than {LONGEST:,} bytes")
    order = archive.read(entries["byteorder"]) if "byteorder" in entries else b"little"
    found = describe(archive.read(entries["data.pkl"]))
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise DataError("it holds no tensors by name; makemore.py saves the state_dict of its model")
    for name, tensor in found.items():
        if not isinstance(tensor, Tensor):
            raise DataError(f"its {name!r:.60} is no tensor; makemore.py saves the state_dict of its model")
        if f"data/{tensor.storage.name}" not in entries:
            raise DataError(f"its {name!r:.60} has no numbers")
    places = {tensor.storage.name: entries[f"data/{tensor.storage.name}"] for tensor in found.values()}
    # Entries may overlap, and so may tensors: neither makes much of a small file.
    shown = max(sum(entry.file_size for entry in places.values()), sum(math.prod(t.size) for t in found.values()))
    if shown > length:
        raise DataError("its tensors are larger than the file")
    numbers = {name: archive.read(entry) for name, entry in places.items()}
    return {name: _view(tensor, numbers[tensor.storage.name], order) for name, tensor in found.items()}


def _view(tensor: Tensor, content: bytes, order: bytes) -> np.ndarray:
    kind = np.dtype(jnp.bfloat16 if tensor.storage.kind == "bf16" else tensor.storage.kind)
    if len(content) < kind.itemsize * tensor.storage.count or order not in (b"little", b"big"):
        raise DataError("it has fewer numbers than it says")
    flat = np.frombuffer(content, kind, tensor.storage.count)
    # A view with these strides stays within the numbers, as `describe` has seen to.
    strides = [step * kind.itemsize for step in tensor.stride]
    view = np.lib.stride_tricks.as_strided(flat[tensor.offset :], tensor.size, strides, writeable=False)
    return view.byteswap() if order == b"big" else view.copy()
