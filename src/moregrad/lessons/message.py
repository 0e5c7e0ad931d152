"""Answers of exercises to learners: plain text in a terminal, a coloured box in a notebook."""

from dataclasses import dataclass
from html import escape
from typing import Literal

Kind = Literal["correct", "wrong", "unanswered", "hint", "solution"]

# From the palette of Okabe and Ito; the heading says in words what the colour does.
COLOURS: dict[Kind, str] = {
    "correct": "#0072B2",
    "wrong": "#D55E00",
    "unanswered": "#999999",
    "hint": "#CC79A7",
    "solution": "#009E73",
}
HEADINGS: dict[Kind, str] = {
    "correct": "Correct.",
    "wrong": "Not yet.",
    "unanswered": "Not answered yet.",
    "hint": "Hint.",
    "solution": "Solution:",
}
BOX = '<div style="border-left: 4px solid {colour}; padding: 0.3em 0.8em"><b>{heading}</b> {text}</div>'


@dataclass(frozen=True)
class Message:
    """A verdict, a hint or a solution; it is true only if an answer is correct."""

    kind: Kind
    text: str = ""

    def __bool__(self) -> bool:
        return self.kind == "correct"

    def __repr__(self) -> str:
        return f"{HEADINGS[self.kind]}{self._gap}{self.text}".strip()

    def _repr_html_(self) -> str:
        text = escape(self.text)
        text = f"<pre>{text}</pre>" if self.kind == "solution" else text.replace("\n", "<br>")
        return BOX.format(colour=COLOURS[self.kind], heading=HEADINGS[self.kind], text=text)

    @property
    def _gap(self) -> str:
        return "\n" if self.kind == "solution" else " "
