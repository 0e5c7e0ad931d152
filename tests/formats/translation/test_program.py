"""Programs of loops."""

from moregrad.formats.translation.expressions import INDEX, ZERO, constant, operation, read
from moregrad.formats.translation.program import Assign, Declare, Fold, For, Program, Store, statements
from moregrad.formats.translation.values import position


def test_an_axis_of_one_element_needs_no_loop_and_one_of_none_nothing():
    program = Program()
    buffer = program.buffer("temporary", "float32", 3)

    def fill(shape: tuple[int, ...]) -> None:
        program.store(shape, lambda index: Store(buffer, position(index, shape), constant(0.0, "float32")))

    fill((1, 3))
    fill((3, 0))
    (loop,) = program.body
    assert isinstance(loop, For)
    assert loop.extent == 3
    assert loop.body == [Store(buffer, loop.variable, constant(0.0, "float32"))]


def test_a_fold_begins_before_the_inner_loops_and_ends_after_them():
    program = Program()
    buffer, total = program.buffer("temporary", "float32", 4), program.variable("float64")

    def fold(outer: list, inner: list) -> list[Fold]:
        step = operation("add", "float64", total, read(buffer, inner[0], "float32"))
        return [Fold(total, constant(0.0, "float64"), step, [Store(buffer, ZERO, total)])]

    program.fold([], [4], fold)
    assert [type(each) for each in statements(program.body)] == [Declare, For, Assign, Store]


def test_a_block_is_collected_apart():
    program = Program()
    with program.block() as block:
        program.store([], lambda index: Store(program.buffer("temporary", "float32", 1), ZERO, constant(1, "float32")))
    assert len(block) == 1
    assert program.body == []


def test_arrays_and_variables_have_names_of_their_own():
    program = Program()
    buffers = [program.buffer(kind, "int32", 1) for kind in ("constant", "constant", "state", "temporary", "output")]
    assert [each.name for each in buffers] == ["c0", "c1", "s0", "t0", "o0"]
    assert program.variable(INDEX) != program.variable(INDEX)
