"""Files that results go to."""

from pathlib import Path

import pytest

from moregrad.cli.out_file import check_new, check_out
from moregrad.errors import MoregradError


def test_a_new_file_of_a_known_kind_is_taken(tmp_path: Path):
    assert check_out(tmp_path / "a.CSV", [".csv"]) == tmp_path / "a.CSV"


def test_all_others_are_told(tmp_path: Path):
    (tmp_path / "a.csv").touch()
    with pytest.raises(MoregradError, match=r"a\.csv exists, and nothing is overwritten; name another"):
        check_new(tmp_path / "a.csv")
    with pytest.raises(MoregradError, match="exists"):
        check_out(tmp_path / "a.csv", [".csv"])
    with pytest.raises(MoregradError, match=r"give one of \.csv \.txt"):
        check_out(tmp_path / "a.foo", [".csv", ".txt"])
    with pytest.raises(MoregradError, match=r"there is no folder .*none"):
        check_out(tmp_path / "none" / "a.csv", [".csv"])
