"""Content of foreign files."""

from pathlib import Path

import pytest

from moregrad.errors import DataError
from moregrad.formats import foreign
from moregrad.formats.foreign import read_content


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    assert read_content(path) == b"0123456789"
    monkeypatch.setattr(foreign, "MOST", 9)
    with pytest.raises(DataError, match="more than 9 bytes"):
        read_content(path)
    with pytest.raises(DataError, match="cannot be read"):
        read_content(tmp_path)
