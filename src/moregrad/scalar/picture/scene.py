"""What there is to see of a Value: cards, which of them feed which, and notes."""

from collections import deque
from typing import NamedTuple

from moregrad.scalar.graph import order
from moregrad.scalar.picture.words import counted, number, printable
from moregrad.scalar.value import Value

NOT_COMPUTED = "gradients are not computed yet: call backward()"


class Card(NamedTuple):
    """A Value as it is drawn, with the operation that made it; or a stub for inputs that are not drawn."""

    role: str  # "leaf", "computed", "root" or "cut"
    label: str
    fields: tuple[tuple[str, str], ...]  # ("data", "2.0000") and, after backward, ("grad", "1.0000")
    exact: str  # the same with all digits
    op: str  # "" where no operation is drawn
    inputs: tuple[int, ...]  # positions of other cards, in the order of the operation's inputs


class Scene(NamedTuple):
    """Cards, each after its inputs and the root last; the notes under them; how many Values the whole graph has."""

    cards: tuple[Card, ...]
    notes: tuple[str, ...]
    total: int

    @property
    def counts(self) -> str:
        """How many Values and operations are drawn, in words."""
        values = sum(card.role != "cut" for card in self.cards)
        operations = sum(card.op != "" for card in self.cards)
        return f"{counted(values, 'value')} and {counted(operations, 'operation')}"

    @property
    def title(self) -> str:
        """The picture in one line."""
        label = self.cards[-1].label
        return f"Expression graph{f' of {label}' if label else ''}: {self.counts}"


def scene(root: Value, limit: int) -> Scene:
    """The graph of `root`, or where it has more Values than `limit`, the nearest to `root`."""
    total = len(order(root))
    kept = _nearest(root, limit)
    return Scene(_cards(_computed(root, kept), root), _notes(root, len(kept), total), total)


def _nearest(root: Value, limit: int) -> set[int]:
    """The identities of the first `limit` Values, counted outwards from `root`."""
    kept = {id(root)}
    waiting = deque([root])
    while waiting:
        for x in waiting.popleft().inputs:
            if len(kept) == limit:
                return kept
            if id(x) not in kept:
                kept.add(id(x))
                waiting.append(x)
    return kept


def _computed(root: Value, kept: set[int]) -> list[Value]:
    """The Values of `kept` in the order in which a reader would compute them, first inputs first."""
    ordered: list[Value] = []
    entered: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        v, ready = waiting.pop()
        if ready:
            ordered.append(v)
        elif id(v) not in entered:
            entered.add(id(v))
            waiting.append((v, True))
            waiting += [(x, False) for x in reversed(v.inputs) if id(x) in kept]
    return ordered


def _cards(nodes: list[Value], root: Value) -> tuple[Card, ...]:
    cards: list[Card] = []
    at: dict[int, int] = {}
    for v in nodes:
        inputs = [at[id(x)] for x in v.inputs if id(x) in at]
        missing = len(v.inputs) - len(inputs)
        if missing:
            inputs.append(len(cards))
            cards.append(_stub(missing))
        at[id(v)] = len(cards)
        cards.append(_card(v, root, tuple(inputs)))
    return tuple(cards)


def _card(v: Value, root: Value, inputs: tuple[int, ...]) -> Card:
    role = "root" if v is root else "computed" if inputs else "leaf"
    label = printable(v.label)
    fields = [("data", number(v.data))]
    exact = f"data {v.data!r}"
    if root.reached:
        fields.append(("grad", number(v.grad) if v.reached else "–"))
        exact += f", grad {v.grad!r}" if v.reached else ", no gradient"
    op = (printable(v.op) or "by hand") if inputs else ""
    return Card(role, label, tuple(fields), f"{label}: {exact}" if label else exact, op, inputs)


def _stub(missing: int) -> Card:
    shown = counted(missing, "input")
    return Card("cut", "…" if missing == 1 else f"… {shown}", (), f"{shown} not drawn", "", ())


def _notes(root: Value, shown: int, total: int) -> tuple[str, ...]:
    notes = []
    if shown < total:
        notes.append(f"{shown:,} of {total:,} values shown; draw(value, limit=...) shows more")
    if not root.reached:
        notes.append(NOT_COMPUTED)
    return tuple(notes)
