"""Facts in a file, sealed with their digest: what a disk has lost or changed is noticed."""

import json
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from moregrad.atomic import write_bytes


def write_sealed(path: Path, facts: dict[str, Any]) -> None:
    """Writes `facts`, plain data, as a line of JSON and its SHA-256, whole or not at all."""
    text = json.dumps(facts, ensure_ascii=False).encode()
    write_bytes(path, text + b"\n" + sha256(text).hexdigest().encode())


def read_sealed(path: Path) -> dict[str, Any] | None:
    """Returns the facts in a file; None if they are not those that were written, or there is no file."""
    try:
        text, _, seal = path.read_bytes().rpartition(b"\n")
    except FileNotFoundError:
        return None
    return json.loads(text) if sha256(text).hexdigest().encode() == seal else None


def digest_file(path: Path) -> str | None:
    """Returns the SHA-256 of a file; None if there is none."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
