"""Checkpoints as makemore.py left them, and ones that nobody should trust."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

REFERENCE = Path(__file__).parents[2] / "reference"
FIGURES = json.loads((REFERENCE / "makemore.json").read_text(encoding="utf-8"))["figures"]
"""Figures that makemore.py computed from the weights in its checkpoints."""

KINDS = tuple(FIGURES)


def checkpoint(kind: str) -> Path:
    """The file that torch.save wrote of a small model of one type."""
    return REFERENCE / "checkpoints" / f"{kind}.pt"


def entries(path: Path) -> dict[str, bytes]:
    """The entries of a file of torch.save, by name."""
    with ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], *, compression: int = ZIP_STORED) -> bytes:
    """A file of torch.save with these entries."""
    stream = BytesIO()
    with ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(f"model/{name}", content)
    return stream.getvalue()


def changed(kind: str, **replaced: tuple[bytes, bytes]) -> bytes:
    """A checkpoint with something in its description replaced by something else."""
    files = entries(checkpoint(kind))
    for before, after in replaced.values():
        assert before in files["data.pkl"]
        files["data.pkl"] = files["data.pkl"].replace(before, after)
    return packed(files)
