"""Messages of exercises, as text and in notebooks."""

import pytest

from moregrad.lessons import Message


def test_only_a_correct_answer_is_true():
    assert bool(Message("correct"))
    assert not any(map(bool, map(Message, ("wrong", "unanswered", "hint", "solution"))))


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (Message("correct"), "Correct."),
        (Message("wrong", "f(2) is 3; must be 4."), "Not yet. f(2) is 3; must be 4."),
        (Message("hint", "Divide."), "Hint. Divide."),
        (Message("solution", "def f(x):\n    return x"), "Solution:\ndef f(x):\n    return x"),
    ],
)
def test_a_message_is_shown_under_its_heading(message: Message, shown: str):
    assert repr(message) == shown


def test_a_notebook_shows_markup_in_an_answer_as_text():
    shown = Message("wrong", "it is '<b>'\nand more")._repr_html_()
    assert "it is &#x27;&lt;b&gt;&#x27;<br>and more" in shown
    assert "<b>Not yet.</b>" in shown


def test_a_notebook_keeps_the_lines_of_a_solution():
    assert "<pre>a\n  b</pre>" in Message("solution", "a\n  b")._repr_html_()
