"""What a search varies: values and ranges, read as they are typed and held to what each setting allows."""

import pytest

from moregrad.errors import ConfigurationError
from moregrad.models.catalogue import architecture
from moregrad.searches.space import Range, Space, shape

GRU = architecture("gru")


def space(**settings: object) -> Space:
    return Space.of(GRU, GRU.recipe, settings)


def test_several_values_and_ranges_vary_and_a_single_value_is_set():
    found = space(hidden="32,64", learning_rate="1e-3..3e-2", embedding="16", steps=50)
    assert found.varied == {"hidden": (32, 64), "learning_rate": Range(1e-3, 3e-2)}
    assert found.settle({}) == (GRU.replace(embedding=16), GRU.recipe.replace(steps=50))


@pytest.mark.parametrize(("given", "values"), [([32, 64], (32, 64)), ("64", ()), ("8..16", Range(8, 16))])
def test_python_gives_lists_or_the_same_text(given: object, values: object):
    assert space(hidden=given).varied.get("hidden", ()) == values


def test_a_range_of_whole_numbers_is_one_of_any_number_where_the_setting_has_any():
    found = space(learning_rate=Range(1, 2)).varied["learning_rate"]
    assert isinstance(found, Range)
    assert isinstance(found.low, float)


def test_a_choice_is_spelled_in_any_case_and_a_switch_is_true_or_false():
    assert space(optimizer="SGD,adamw").varied == {"optimizer": ("sgd", "adamw")}
    assert space(tied="true,false").varied == {"tied": (True, False)}


def test_a_setting_of_several_numbers_is_one_value():
    stack = architecture("stack")
    assert Space.of(stack, stack.recipe, {"orders": "2,3"}).settle({})[0].to_dict()["orders"] == [2, 3]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"hidden": "8,0"}, "gru: hidden is 0; it must be a whole number of at least 1"),
        ({"hidden": "8,x"}, "gru: hidden is 'x'; it must be .* or several such values, as a,b, or a range, as a..b"),
        ({"hidden": "2.5..8"}, "gru: hidden is '2.5'"),
        ({"hidden": "2.."}, r"gru: hidden is '2\.\.'"),
        ({"learning_rate": "0..1"}, r"recipe: learning_rate is 0\.0; it must be a finite number above 0"),
        ({"hidden": "9..3"}, "a range goes from a lower to a higher number"),
        ({"optimizer": "adam,sgd"}, "recipe: optimizer is 'adam'; it must be one of"),
        ({"optimizer": Range(1, 2)}, "recipe: optimizer is 1"),
        ({"hiden": "8,9"}, "did you mean 'hidden'"),
    ],
)
def test_what_is_not_allowed_is_told(settings: dict[str, object], message: str):
    with pytest.raises(ConfigurationError, match=message):
        space(**settings)


def test_a_wide_range_of_positive_numbers_is_logarithmic():
    assert [Range(1e-3, 1e-1).log, Range(1e-3, 1e-2).log, Range(0.0, 9.0).log] == [True, False, False]


def test_a_space_without_ranges_is_counted_and_listed_shape_by_shape():
    found = space(learning_rate="0.1,0.2", hidden="8,16")
    assert found.size == 4
    assert [each["hidden"] for each in found.combinations()] == [8, 8, 16, 16]
    assert found.shapes() == [{"hidden": 8}, {"hidden": 16}]
    assert space(hidden="8..16").shapes() == []


def test_trainings_share_a_program_unless_their_structure_differs():
    def told(**settings: object) -> str:
        return shape(*space().settle(settings))

    assert told(dropout=0.1, learning_rate=0.1, seed=3) == told(dropout=0.2, weight_decay=0.1, steps=9)
    assert len({told(), told(dropout=0.1), told(hidden=8), told(optimizer="sgd"), told(grad_clip=1.0)}) == 5
