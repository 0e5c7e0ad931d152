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
from moregrad.errors import ConfigurationError


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
