"""The process around a command."""

import io
import os
import sys
import warnings
from pathlib import Path

import pytest

from moregrad.cli.surroundings import discard_output, keep_compiled_programs, open_streams, typed_words
from moregrad.errors import MoregradError


def test_output_is_utf_8_whatever_it_was(monkeypatch: pytest.MonkeyPatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    open_streams()
    print("Ζωή \udcff", end="", flush=True)
    assert written.getvalue() == "Ζωή \\udcff".encode()


def test_words_typed_in_another_encoding_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["moregrad", "score", "\udcff"])
    with pytest.raises(MoregradError, match="is not UTF-8"):
        typed_words()
    monkeypatch.setattr(sys, "argv", ["moregrad", "score", "Ζωή\n"])
    assert typed_words() == ["score", "Ζωή\n"]


def test_compiled_programs_are_kept_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("JAX_COMPILATION_CACHE_DIR", "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    with warnings.catch_warnings():
        keep_compiled_programs()
    assert Path(os.environ["JAX_COMPILATION_CACHE_DIR"]).name == "compiled"
    assert os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] == "0"


def test_a_cache_of_the_users_own_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JAX_COMPILATION_CACHE_DIR", "elsewhere")
    with warnings.catch_warnings():
        keep_compiled_programs()
    assert os.environ["JAX_COMPILATION_CACHE_DIR"] == "elsewhere"


def test_discarded_output_goes_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    with (tmp_path / "out").open("w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        discard_output()
        print("lost", flush=True)
    assert (tmp_path / "out").read_text() == ""


def test_output_without_a_file_behind_it_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    discard_output()
    print("kept")
    assert stream.getvalue() == "kept\n"
