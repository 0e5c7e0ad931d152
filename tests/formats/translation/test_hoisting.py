"""Loops with less work in them."""

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, operation, plus, read, times
from moregrad.formats.translation.hoisting import optimize
from moregrad.formats.translation.program import For, Let, Program, Statement, Store, statements


def product(*arguments: Expression) -> Expression:
    return operation("mul", "float32", *arguments)


def kinds(body: list[Statement]) -> list[str]:
    return [type(each).__name__ for each in statements(body)]


def test_what_does_not_change_is_computed_before_the_loop():
    program = Program()
    state, output = program.buffer("state", "float32", 9), program.buffer("output", "float32", 9)

    def element(index: list[Expression]) -> Store:
        row = product(read(state, index[0], "float32"), constant(2.0, "float32"))
        return Store(output, plus(times(index[0], 3), index[1]), product(row, read(state, index[1], "float32")))

    program.store([3, 3], element)
    outer, *_ = optimize(program)
    assert isinstance(outer, For)
    assert [type(each) for each in outer.body] == [Let, Let, For]
    (inner,) = (each for each in outer.body if isinstance(each, For))
    assert kinds(inner.body) == ["Store"]


def test_what_is_read_from_an_array_that_the_loop_writes_stays_in_it():
    program = Program()
    output = program.buffer("output", "float32", 3)
    program.store(
        [3], lambda index: Store(output, index[0], product(read(output, ZERO, "float32"), constant(2.0, "float32")))
    )
    assert kinds(optimize(program)) == ["For", "Store"]


def test_what_is_needed_twice_is_computed_once():
    program = Program()
    state, output = program.buffer("state", "float32", 1), program.buffer("output", "float32", 1)
    twice = operation("exp", "float32", read(state, ZERO, "float32"))
    program.add(Store(output, ZERO, product(twice, twice)))
    let, store = optimize(program)
    assert isinstance(let, Let)
    assert let.value == twice
    assert isinstance(store, Store)
    assert store.value == product(let.variable, let.variable)


def test_what_nothing_uses_is_left_out():
    program = Program()
    first, second = (program.buffer("temporary", "float32", 3) for _ in range(2))
    program.store([3], lambda index: Store(first, index[0], constant(1.0, "float32")))
    program.store([3], lambda index: Store(second, index[0], read(first, index[0], "float32")))
    program.add(Let(program.variable(INDEX), ZERO))
    assert optimize(program) == []
