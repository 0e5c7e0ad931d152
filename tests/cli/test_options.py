"""Configurations as options of a command."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import pytest
from annotated_types import Ge, Le
from cyclopts import App
from typing_extensions import Doc

from moregrad.cli.options import HYPHEN, Number, Text, shield, takes, values
from moregrad.configuration import Configuration
from moregrad.errors import ConfigurationError


@dataclass(frozen=True)
class Oven(Configuration):
    """An oven."""

    title: ClassVar[str] = "oven"

    shelf_count: Annotated[int, Ge(1), Doc("Number of shelves.")] = 3
    heat: Annotated[float, Doc("Degrees.")] = 180.0
    mode: Annotated[Literal["fan", "grill"], Doc("Way of heating.")] = "fan"
    light: Annotated[bool, Doc("Switch on the light.")] = False
    glass: Annotated[bool, Doc("Glass in the door.")] = True
    label: Annotated[str | None, Doc("Name on the door.")] = None
    times: Annotated[tuple[float, ...], Doc("Minutes on each shelf.")] = ()


@pytest.fixture
def app() -> App:
    """A command whose answer is what was typed."""
    app = App(name="bake", help_format="plaintext")

    @app.default
    @takes(oven=("The oven", Oven.settings()))
    def bake(bread: Text, /, *, oven: Any = None) -> tuple[str, dict[str, Any]]:
        return bread, values(oven)

    return app


def parse(app: App, *words: str) -> tuple[str, dict[str, Any]]:
    return app(shield(words), exit_on_error=False, result_action="return_value")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--shelf-count", "5"], {"shelf_count": 5}),
        (["--heat", "1e2"], {"heat": 100.0}),
        (["--mode", "grill"], {"mode": "grill"}),
        (["--light"], {"light": True}),
        (["--no-glass"], {"glass": False}),
        (["--label", "A B"], {"label": "A B"}),
        (["--label", HYPHEN], {"label": HYPHEN}),
        (["--times", "1", "--times", "2.5"], {"times": (1.0, 2.5)}),
    ],
)
def test_every_setting_is_an_option(app: App, words: list[str], expected: dict[str, Any]):
    bread, typed = parse(app, "rye", *words)
    assert bread == "rye"
    assert Oven().replace(**typed) == Oven(**expected)


def test_a_command_without_options_is_given_no_values(app: App):
    assert parse(app, "rye") == ("rye", {})
    assert values(None) == {}


def test_a_lone_hyphen_is_a_word(app: App):
    assert parse(app, HYPHEN)[0] == HYPHEN


def test_help_shows_the_group_the_helps_and_the_defaults(app: App, capsys: pytest.CaptureFixture[str]):
    app(["--help"], exit_on_error=False, result_action="return_value")
    told = capsys.readouterr().out
    for each in ("The oven", "Number of shelves. [default: 3]", "Way of heating. [choices: fan, grill] [default: fan]"):
        assert each in told
    assert "--light" in told
    assert "--no-light" not in told


@pytest.mark.parametrize("value", ["2.5", "1e3", "0x10", "", " ", "nan", "inf", "three", "1,2", "3.0"])
def test_a_whole_number_is_whole(app: App, value: str):
    with pytest.raises(ConfigurationError) as caught:
        parse(app, "rye", f"--shelf-count={value}")
    assert str(caught.value) == f"--shelf-count is {value!r}; it must be a whole number of at least 1"


@pytest.mark.parametrize("value", ["", "1,5", "hot", "0x10"])
def test_a_number_is_a_number(app: App, value: str):
    with pytest.raises(ConfigurationError, match=r"--heat is .*; it must be a finite number"):
        parse(app, "rye", f"--heat={value}")


@pytest.mark.parametrize(("value", "told"), [("2.5", "'2.5'"), ("0", "0"), ("1" + 400 * "0", "a number of about 401")])
def test_a_number_of_a_command_is_whole_and_in_range(value: str, told: str):
    app = App(name="count", help_format="plaintext")

    @app.default
    def count(*, times: Annotated[int, Number("How often.", Ge(1), Le(9))] = 1) -> int:
        return times

    assert app(["--times", "7"], exit_on_error=False, result_action="return_value") == 7
    with pytest.raises(ConfigurationError, match=rf"--times is {told}.*; it must be .* of at least 1 and at most 9"):
        app(["--times", value], exit_on_error=False, result_action="return_value")


def test_a_group_of_which_nothing_is_typed_passes_the_checks_of_pydantic_where_others_have_imported_it():
    pytest.importorskip("pydantic", reason="pydantic, which moregrad does not need, is not installed")

    @takes(oven=("Oven", Oven.settings()))
    def bake(*, oven: Any = None) -> dict[str, Any]:
        return values(oven)

    app = App(name="bake", result_action="return_value")
    app.default(bake)
    assert app([], exit_on_error=False) == {}
