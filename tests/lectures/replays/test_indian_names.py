"""The Indian names of an earlier project."""

import pytest

from moregrad.errors import SourceError
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.indian_names import replay


def test_cleaning_counts_and_losses_are_the_published_ones(reproduced, indian_names_path):
    assert len(reproduced("indian-names")) == 32


def test_without_the_file_it_is_said_how_to_give_it(tmp_path):
    with pytest.raises(SourceError, match="give the file with --indian-names FILE"):
        replay(Lists(tmp_path / "missing.csv"), lambda share: None)
