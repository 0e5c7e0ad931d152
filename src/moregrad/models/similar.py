"""Architectures that may begin with the weights of one another."""

from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.composite import Composite

FREE = frozenset({"copies", "dropout"})
"""Settings in which a network may differ from its start."""


def check_similar(name: str, start: Architecture, wanted: Architecture) -> None:
    """Raises ModelError if `wanted` cannot begin with the weights of `start`, the architecture of `name`.

    How many networks of a kind there are, what they drop out, and all settings of counts may differ.
    """
    if not networks(start):
        raise ModelError(f"{name} has nothing but counts, which are made of each list anew; leave the start out")
    if _told(start) != _told(wanted):
        raise ModelError(
            f"{name} is a {_told(start)} and no {_told(wanted)}; leave the model out, or start from a {_told(wanted)}"
        )
    for has, asked in zip(networks(start), networks(wanted), strict=True):
        for setting, value in has.to_dict().items():
            other = asked.to_dict()[setting]
            if setting not in FREE and other != value:
                raise ModelError(
                    f"{name} has {setting} {value}, and {other} is asked for; leave {setting} out, or the start"
                )


def networks(architecture: Architecture) -> list[Architecture]:
    """Returns the architecture, or its members, as far as they are trained and not counted."""
    if isinstance(architecture, Composite):
        return [network for member in architecture.members for network in networks(member)]
    return [architecture] if architecture.recipe.steps else []


def _told(architecture: Architecture) -> str:
    if not isinstance(architecture, Composite):
        return architecture.name
    return f"{architecture.name} of {' and '.join(network.name for network in networks(architecture))}"
