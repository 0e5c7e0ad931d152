"""Optuna as an extra."""

import sys

import pytest

from moregrad.errors import MoregradError
from moregrad.searches.optuna_extra import load_optuna, quiet


def test_without_optuna_the_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(MoregradError, match=r"pip install 'moregrad\[sweep\]'"):
        load_optuna()


def test_its_own_remarks_are_kept_back_for_a_while(capsys: pytest.CaptureFixture[str]):
    optuna = load_optuna()
    before = optuna.logging.get_verbosity()
    with quiet():
        optuna.create_study()
    assert capsys.readouterr().err == ""
    assert optuna.logging.get_verbosity() == before
