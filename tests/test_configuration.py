"""Configurations: ranges, help, records, schema, and one manner of error."""

import inspect
import json
import math
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import pytest
from annotated_types import Ge, Gt, Le, Lt
from typing_extensions import Doc

from moregrad.configuration import Configuration, accepts
from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError
from moregrad.models.catalogue import CATALOGUE
from moregrad.recipe import Recipe
from moregrad.sampling.options import Sampling


@dataclass(frozen=True)
class Oven(Configuration):
    """An oven."""

    title: ClassVar[str] = "oven"

    shelves: Annotated[int, Ge(1), Le(5), Doc("Number of shelves.")] = 3
    heat: Annotated[float, Gt(0), Lt(300), Doc("Degrees.")] = 180.0
    mode: Annotated[Literal["fan", "grill"], Doc("How it heats.")] = "fan"
    light: Annotated[bool, Doc("Switch on the light.")] = False
    label: Annotated[str | None, Doc("Name on the door.")] = None
    slot: Annotated[str | int | None, Doc("Name or number of the slot.")] = None
    times: Annotated[tuple[float, ...], Ge(0), Doc("Minutes on each shelf.")] = ()


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("shelves", 0, "a whole number of at least 1 and at most 5"),
        ("shelves", 2.0, "a whole number of at least 1 and at most 5"),
        ("shelves", True, "a whole number of at least 1 and at most 5"),
        ("heat", 0, "a finite number above 0 and below 300"),
        ("heat", math.nan, "a finite number above 0 and below 300"),
        ("heat", math.inf, "a finite number above 0 and below 300"),
        ("heat", "hot", "a finite number above 0 and below 300"),
        ("mode", "steam", "one of fan, grill"),
        ("light", 1, "true or false"),
        ("label", 3, "text"),
        ("slot", 1.5, "text or a whole number"),
        ("slot", True, "text or a whole number"),
        ("times", [1.0], "a tuple, each item a finite number of at least 0"),
        ("times", (1.0, -1.0), "a tuple, each item a finite number of at least 0"),
    ],
)
def test_a_value_out_of_range_is_refused_with_what_is_allowed(field: str, value: Any, allowed: str):
    with pytest.raises(ConfigurationError) as caught:
        Oven(**{field: value})
    assert str(caught.value) == f"oven: {field} is {value!r}; it must be {allowed}"
    assert caught.value.setting == field


def test_values_in_range_are_taken():
    oven = Oven(shelves=5, heat=299, mode="grill", light=True, label="A", slot=2, times=(0, 1.5))
    assert Oven.from_dict(json.loads(json.dumps(oven.to_dict()))) == oven


@pytest.mark.parametrize("spelled", ["grill", "Grill", "GRILL"])
def test_a_choice_may_be_spelled_in_any_case_and_is_kept_as_listed(spelled: str):
    assert Oven(mode=spelled).mode == "grill"  # pyright: ignore[reportArgumentType]
    assert Oven.from_dict({"mode": spelled}).to_dict()["mode"] == "grill"


@dataclass(frozen=True)
class Switch(Configuration):
    """Choices that differ by case alone."""

    title: ClassVar[str] = "switch"

    way: Annotated[Literal["up", "UP", "to-side"], Doc("Way.")] = "up"


def test_a_choice_that_could_be_two_is_refused():
    assert Switch(way="UP").way == "UP"
    assert Switch(way="To_Side").way == "to-side"  # pyright: ignore[reportArgumentType]
    with pytest.raises(ConfigurationError, match="way is 'Up'; it must be one of up, UP, to-side"):
        Switch(way="Up")  # pyright: ignore[reportArgumentType]


def test_an_unknown_setting_names_the_nearest_and_all():
    with pytest.raises(ConfigurationError, match=r"oven has no setting 'heet'; did you mean 'heat'\?"):
        Oven().replace(heet=1)


def test_the_schema_says_what_the_annotations_say():
    properties = Oven.json_schema()["properties"]
    assert properties["shelves"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 5,
        "description": "Number of shelves.",
        "default": 3,
    }
    assert (properties["heat"]["exclusiveMinimum"], properties["heat"]["exclusiveMaximum"]) == (0, 300)
    assert properties["mode"]["enum"] == ["fan", "grill"]
    assert properties["slot"]["type"] == ["string", "integer", "null"]
    assert properties["times"]["items"] == {"type": "number", "minimum": 0}
    json.dumps(Oven.json_schema())


def test_options_have_the_present_values_as_defaults():
    assert Oven(shelves=2).options()["shelves"].default == 2
    assert Oven.settings()["shelves"].default == 3


def test_a_function_shows_the_settings_it_accepts():
    @accepts(Oven)
    def bake(bread: str, **settings: Any) -> Oven:
        return Oven().replace(**settings)

    parameters = inspect.signature(bake).parameters
    assert list(parameters) == ["bread", *Oven.settings()]
    assert parameters["heat"].default == 180.0
    assert bake("rye", heat=200).heat == 200


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("shelves", 10**400, "a number of about 401 digits"),
        ("shelves", -(10**400), "a number of about 401 digits"),
        ("heat", 10**400, "a number of about 401 digits"),
        ("mode", "x" * 1000, f"'{'x' * 60}'..."),
    ],
)
def test_a_value_too_long_for_a_message_is_told_by_its_size(field: str, value: Any, told: str):
    with pytest.raises(ConfigurationError) as caught:
        Oven(**{field: value})
    assert f"{field} is {told}; it must be" in str(caught.value)


def test_a_number_that_python_refuses_to_write_is_told_by_its_size():
    with pytest.raises(ConfigurationError, match=r"shelves is a number of about 10,001 digits; it must be"):
        Oven(shelves=10**10_000)


def whole_numbers() -> list[tuple[type[Configuration], str]]:
    """Every setting of the package that is a whole number."""
    kinds = (Recipe, Sampling, Reading, *CATALOGUE.values())
    return [(kind, name) for kind in kinds for name, setting in kind.settings().items() if int in setting.kinds]


@pytest.mark.parametrize(("kind", "name"), [each for each in whole_numbers() if each[1] not in ("column", "label")])
def test_every_whole_number_has_an_upper_limit_and_is_whole(kind: type[Configuration], name: str):
    for value in (2**41, 10**400, -1, 2.5, math.inf, math.nan, "7", True):
        with pytest.raises(ConfigurationError) as caught:
            kind(**{name: value})
        assert caught.value.setting == name
        assert "a whole number" in str(caught.value)
