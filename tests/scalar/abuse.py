"""Calls everything in the compiled modules with wrong receivers and arguments, and prints each call and its outcome.

Run as a script in a process of its own, since what it looks for ends a process. Each call is printed before it is made;
its outcome is the kind of an exception, or what was returned. `python abuse.py` makes every call once, on new objects;
`python abuse.py SEED` makes random calls on the same few objects again and again, also from inside of operations.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from random import Random
from typing import Any

import numpy as np

from moregrad.scalar import SGD, Adam, Op, Program, Value, evaluate, graph, number, optim, program, value

MODULES = (evaluate, graph, number, value, optim, program)
ADDRESS = re.compile(r"<(built-in |bound )?(function|method) [^>]*>+|0x[0-9a-f]+")


class Derived(Value):
    """A Value with a dictionary of its own."""


def node() -> Value:
    """A product of a sum."""
    return (Value(2.0) + 3.0) * Value(4.0)


def recorded() -> Program:
    """A program that was called."""
    x = Value(1.0)
    found = Program(x * 2.0, [x])
    found([[1.0], [2.0]])
    return found


def swept() -> Program:
    """A program that was swept too."""
    found = recorded()
    found.backward()
    return found


def bare(kind: type) -> Callable[[], Any]:
    """An object of `kind` whose constructor never ran."""
    return lambda: kind.__new__(kind)  # pyright: ignore[reportCallIssue]


KINDS = {
    found
    for module in MODULES
    for found in vars(module).values()
    if isinstance(found, type) and found.__module__.startswith("moregrad.scalar") and found is not Op
}
CLASSES = sorted(KINDS, key=lambda kind: kind.__name__)

STRANGERS: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "'abc'": lambda: "abc",
    "1.5": lambda: 1.5,
    "7": lambda: 7,
    "10**400": lambda: 10**400,
    "-3": lambda: -3,
    "[]": list,
    "['a', None]": lambda: ["a", None],
    "ones(3)": lambda: np.ones(3),
    "object": object,
    "Op": lambda: Op("none", lambda: 1.0, lambda out: ()),
    "type": lambda: str,
}
OURS: dict[str, Callable[[], Any]] = {
    "Value": lambda: Value(2.0),
    "[Values]": lambda: [Value(2.0), Value(3.0)],
    "node": node,
    "Derived": lambda: Derived(3.0),
    "SGD": lambda: SGD([Value(1.0)], 0.1),
    "Adam": lambda: Adam([Value(1.0), Value(2.0)]),
    "Program": recorded,
    "swept": swept,
}
BARE = {f"bare {kind.__name__}": bare(kind) for kind in CLASSES}
ARGUMENTS = {**STRANGERS, "Value": OURS["Value"], "[Values]": OURS["[Values]"], "node": node, "Program": recorded}
FEW = ("None", "'abc'", "7", "[Values]")

# These concern the type, or their answer differs from one process to the next; the last exists in plain Python only.
LEFT_OUT = {"__class__", "__dir__", "__doc__", "__hash__", "__sizeof__", "__subclasshook__", "__init_subclass__"}
LEFT_OUT |= {"__getstate__", "__dealloc__"}


def targets() -> Iterator[tuple[str, Any, Any]]:
    """The name, the class and the attribute of everything that can be called or read."""
    for kind in CLASSES:
        for name in dir(kind):
            if name not in LEFT_OUT:
                owner = next(base for base in kind.__mro__ if name in vars(base))
                yield f"{kind.__name__}.{name}", kind, vars(owner)[name]
    for module in MODULES:
        for name, found in vars(module).items():
            public = not name.startswith("_") and getattr(found, "__module__", "") == module.__name__
            if public and callable(found) and not isinstance(found, type):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", None, found


def calls(name: str, kind: Any, found: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every call to try of one attribute: as a property, as a method of right and wrong receivers."""
    receivers = {**STRANGERS, **OURS, **BARE}
    if hasattr(found, "__set__"):
        for who, make in receivers.items():
            yield f"{name} of {who}", lambda make=make: found.__get__(make())
            yield f"del {name} of {who}", lambda make=make: found.__delete__(make())
            for what in ARGUMENTS:
                yield f"{name} of {who} = {what}", lambda make=make, what=what: found.__set__(make(), ARGUMENTS[what]())
        return
    call = found.__func__ if isinstance(found, staticmethod) else found
    if not callable(call):
        return
    for who, make in receivers.items() if kind else [("", None)]:
        ours = make is None or isinstance(make(), kind)
        pool = tuple(ARGUMENTS) if ours else FEW
        for count in range(3 if ours else 2):
            for what in product(pool, repeat=count) if count < 2 else product(pool, FEW):
                yield (
                    f"{name}({', '.join((who, *what))})",
                    lambda make=make, what=what: call(
                        *([make()] if make else []), *(ARGUMENTS[each]() for each in what)
                    ),
                )


def outcome(call: Callable[[], Any]) -> str:
    """The kind of exception, or what was returned, without addresses."""
    try:
        found = call()
    except Exception as error:
        return f"raised {type(error).__name__}"
    try:
        text = repr(list(found) if isinstance(found, Iterator) else found)
    except Exception as error:
        return f"returned what raises {type(error).__name__}"
    return "returned " + ADDRESS.sub("", text).replace("\n", " ")


def mix(seed: int, count: int) -> None:
    """Makes `count` random calls on objects that all know each other, then checks that the engine still works."""
    rng = Random(seed)
    everything = [target for target in targets() if target[1]]
    known: list[Any] = [make() for make in (*OURS.values(), *STRANGERS.values(), *BARE.values())]

    def call(depth: int) -> None:
        name, kind, found = rng.choice(everything)
        right = [each for each in known if isinstance(each, kind)] if rng.random() < 0.9 else []
        arguments = [rng.choice(right or known), *(rng.choice(known) for _ in range(rng.randrange(3)))]
        sys.stdout.write(f"{name}({', '.join(type(each).__name__ for each in arguments)}) at depth {depth}\n")
        with suppress(Exception):
            if hasattr(found, "__set__"):
                rng.choice((found.__get__, found.__set__))(*arguments)
            else:
                made = (found.__func__ if isinstance(found, staticmethod) else found)(*arguments)
                known[rng.randrange(len(known))] = made

    def odd(x: float) -> float:
        for _ in range(rng.randrange(3)):
            call(1)
        return x

    op = Op("odd", odd, lambda x, out: (odd(1.0),))
    known += [op, odd, lambda: call(1)]
    for _ in range(count):
        if rng.random() < 0.1:
            x = rng.choice([each for each in known if isinstance(each, Value)] or [Value(1.0)])
            with suppress(Exception):
                known += [
                    y := op(x),
                    Program(y * x, [x] if rng.random() < 0.5 else []),
                    rng.choice((SGD, Adam))([x, y], 0.1),
                ]
        call(0)
    check()


def check() -> None:
    """Raises AssertionError unless a small graph still has its gradients, built anew and replayed."""
    x, w = Value(2.0), Value(3.0)
    y = (x * w + w / x).tanh()
    y.backward()
    slope = (1 - y.data * y.data) * (x.data + 1 / x.data)
    program = Program(y, [x])
    program([2.0])
    program.backward()
    assert abs(w.grad - 2 * slope) < 1e-12, w.grad


def main() -> None:
    """Tries everything once, or a random mixture for the seed that is given."""
    if len(sys.argv) > 1:
        mix(int(sys.argv[1]), 2000)
        return
    for name, kind, found in targets():
        for text, call in calls(name, kind, found):
            sys.stdout.write(f"{text}\t")
            sys.stdout.write(f"{outcome(call)}\n")


if __name__ == "__main__":
    main()
