"""Configurations as options of a command."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from annotated_types import Ge, Le
from cyclopts import App
from typing_extensions import Doc

from moregrad.cli.options import HYPHEN, ListName, Number, Place, Text, as_typed, shield, takes, values
from moregrad.configuration import Configuration
from moregrad.errors import ConfigurationError, MoregradError


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
    times: Annotated[tuple[float, ...], Ge(0), Doc("Minutes on each shelf.")] = ()
    rests: Annotated[tuple[int, ...], Doc("Minutes of rest.")] = (4, 6)
    sign: Annotated[str, Doc("What the door says.")] = ""


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
    for each in (
        "[default: 4, 6]",
        "The oven",
        "Number of shelves. [default: 3]",
        "Way of heating. [choices: fan, grill] [default: fan]",
    ):
        assert each in told
    assert "--light" in told
    assert "--no-light" not in told
    assert all(empty not in told for empty in ('""', "()", "None"))


def test_an_item_is_told_as_it_was_typed(app: App):
    with pytest.raises(ConfigurationError, match=r"--times is -1\.0; it must be a finite number of at least 0"):
        parse(app, "rye", "--times", "2", "--times=-1")


def test_a_group_without_settings_is_no_option(capsys: pytest.CaptureFixture[str]):
    app = App(name="bake", help_format="plaintext", result_action="return_value")

    @app.default
    @takes(oven=("The oven", {}))
    def bake(*, oven: Any = None) -> dict[str, Any]:
        return values(oven)

    assert app([], exit_on_error=False) == {}
    app(["--help"], exit_on_error=False)
    assert "oven" not in capsys.readouterr().out.lower()


@pytest.mark.parametrize("words", [[""], ["rye", "--tin", ""], ["rye", "--tin="]])
def test_a_name_is_not_empty(words: list[str]):
    app = App(name="bake", result_action="return_value")

    @app.default
    def bake(bread: ListName, /, *, tin: Place = Path("tin")) -> tuple[str, Path]:
        return bread, tin

    assert app([".", "--tin", "."], exit_on_error=False) == (".", Path())
    with pytest.raises(MoregradError, match=r"(an argument|--tin) is empty; give a name, or \. for this folder"):
        app(words, exit_on_error=False)


@pytest.mark.parametrize(
    ("advice", "typed"),
    [
        ("or raise max_line_bytes", "or raise --max-line-bytes"),
        ("give trials or minutes", "give --trials or --minutes"),
        ("raise temperature, or drop novel or unlike", "raise --temperature, or drop --novel or --unlike"),
        ("the length of the column", "the length of the column"),
    ],
)
def test_advice_names_options_as_they_are_typed(advice: str, typed: str):
    assert as_typed(advice) == typed


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
