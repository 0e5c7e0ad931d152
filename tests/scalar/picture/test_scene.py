"""What there is to see of a Value."""

from moregrad.scalar import Value
from moregrad.scalar.picture.scene import NOT_COMPUTED, scene
from scalar.picture.graphs import lecture, readme


def test_cards_come_after_their_inputs_first_inputs_first():
    cards = scene(lecture(), 150).cards
    assert [card.label for card in cards] == ["a", "b", "e", "c", "d", "f", "L"]
    assert [card.inputs for card in cards] == [(), (), (0, 1), (), (2, 3), (), (4, 5)]
    assert [card.op for card in cards] == ["", "", "*", "", "+", "", "*"]


def test_leaves_computed_values_and_the_root_have_different_roles():
    roles = [card.role for card in scene(lecture(), 150).cards]
    assert roles == ["leaf", "leaf", "computed", "leaf", "computed", "leaf", "root"]


def test_before_backward_there_is_a_note_instead_of_gradients():
    seen = scene(lecture(), 150)
    assert seen.notes == (NOT_COMPUTED,)
    assert seen.cards[-1].fields == (("data", "-8.0000"),)


def test_after_backward_there_are_gradients_and_no_note():
    value = readme()
    value.backward()
    seen = scene(value, 150)
    assert seen.notes == ()
    assert seen.cards[-1].fields == (("data", "24.7041"), ("grad", "1.0000"))
    assert {card.label: dict(card.fields)["grad"] for card in seen.cards if card.label in ("a", "b")} == {
        "a": "138.8338",
        "b": "645.5773",
    }


def test_a_gradient_of_zero_is_shown():
    x = Value(-1.0)
    y = x.relu()
    y.backward()
    assert scene(y, 150).cards[0].fields == (("data", "-1.0000"), ("grad", "0.0000"))


def test_a_value_that_lost_its_gradient_shows_a_dash():
    x = Value(2.0)
    y = x * 3
    z = y.tanh()
    z.backward()
    y.zero_grad()
    fields = [dict(card.fields)["grad"] for card in scene(z, 150).cards]
    assert fields == ["–", "–", "–", "1.0000"]


def test_of_a_large_graph_the_values_nearest_to_the_root_are_kept():
    value = lecture()
    value.backward()
    seen = scene(value, 3)
    assert [card.label for card in seen.cards] == ["… 2 inputs", "d", "f", "L"]
    assert seen.notes == ("3 of 7 values shown; draw(value, limit=...) shows more",)
    assert seen.counts == "3 values and 2 operations"


def test_kept_and_cut_inputs_of_one_operation_are_both_drawn():
    seen = scene(lecture(), 2)
    assert [(card.role, card.label) for card in seen.cards] == [
        ("cut", "… 2 inputs"),
        ("computed", "d"),
        ("cut", "…"),
        ("root", "L"),
    ]
    assert seen.cards[-1].inputs == (1, 2)


def test_a_limit_that_is_just_enough_cuts_nothing():
    assert all(card.role != "cut" for card in scene(lecture(), 7).cards)


def test_equal_numbers_are_different_values():
    assert len(scene(Value(1.0) + Value(1.0), 150).cards) == 3


def test_a_node_made_by_hand_has_an_operation_with_or_without_a_name():
    x = Value(2.0)
    assert scene(Value(4.0, (x,), "twice"), 9).cards[-1].op == "twice"
    assert scene(Value(4.0, (x,)), 9).cards[-1].op == "by hand"


def test_all_digits_are_told_too():
    x = Value(1 / 3, label="third")
    x.backward()
    assert scene(x, 9).cards[0].exact == f"third: data {1 / 3!r}, grad 1.0"
