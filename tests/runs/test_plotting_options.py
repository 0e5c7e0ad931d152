"""The options of pictures."""

import pytest

from moregrad.errors import ConfigurationError
from moregrad.runs.plotting_options import Plotting


@pytest.mark.parametrize("wrong", [{"steps": 0}, {"count": 0}, {"smoothing": -1}, {"seed": -1}, {"word": 3}])
def test_values_out_of_range_are_refused(wrong):
    with pytest.raises(ConfigurationError, match=f"picture: {next(iter(wrong))} is"):
        Plotting().replace(**wrong)


def test_every_option_has_help():
    assert all(setting.help for setting in Plotting.settings().values())
