"""Where boxes, lines and text are on a sheet."""

from itertools import combinations, pairwise, product
from operator import attrgetter

import pytest
from hypothesis import given

from drawing.graphs import graphs, lecture, network, neuron, readme, sheet
from moregrad.drawing import Node
from moregrad.drawing.graph import make_cards
from moregrad.drawing.shapes import Box, Curve, Head, Sheet, Text
from moregrad.drawing.text import count_cells

DIRECTIONS = ("LR", "TB")


def boxes(drawn: Sheet) -> list[Box]:
    """All but the page itself."""
    return [shape for group in drawn.groups[1:] for shape in group.shapes if isinstance(shape, Box)]


def lines(drawn: Sheet) -> list[Curve]:
    return [shape for shape in drawn.groups[1].shapes if isinstance(shape, Curve)]


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def points_on(curve: Curve) -> list[tuple[float, float]]:
    """Close to each other along the line."""
    found = []
    for before, part in pairwise(curve.parts):
        ends = [before[-1], *part]
        if len(part) == 1:
            ends = [ends[0], ends[0], ends[1], ends[1]]
        for t in (i / 24 for i in range(25)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(tuple(sum(w * p[k] for w, p in zip(weights, ends, strict=True)) for k in (0, 1)))
    return found


def inside(point: tuple[float, float], box: Box) -> bool:
    """By more than a unit: where a line begins or ends it touches a box."""
    x, y = point
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(nodes=graphs())
def test_no_two_boxes_overlap_and_all_are_on_the_page(direction: str, nodes: list[Node]):
    drawn = sheet(nodes, direction)
    assert not any(overlap(a, b) for a, b in combinations(boxes(drawn), 2))
    assert all(box.x >= 20 and box.x + box.width <= drawn.width - 20 for box in boxes(drawn))
    assert all(box.y >= 20 and box.y + box.height <= drawn.height - 20 for box in boxes(drawn))


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(nodes=graphs())
def test_no_line_runs_through_a_box(direction: str, nodes: list[Node]):
    drawn = sheet(nodes, direction)
    points = [point for curve in lines(drawn) for point in points_on(curve)]
    assert not any(inside(point, box) for point, box in product(points, boxes(drawn)))


@given(graphs())
def test_text_fits_into_its_box(nodes: list[Node]):
    for group in sheet(nodes).groups[2:]:
        frame = group.shapes[0]
        texts = [shape for shape in group.shapes if isinstance(shape, Text)]
        if isinstance(frame, Box):
            assert all(count_cells(text.text) * 7.0 <= frame.width for text in texts)


@pytest.mark.parametrize("nodes", [lecture(), neuron(), readme(), network()])
def test_inputs_are_to_the_left_of_what_they_feed_or_above_it(nodes: list[Node]):
    cards = make_cards(nodes)
    for direction, coordinate in (("LR", attrgetter("x")), ("TB", attrgetter("y"))):
        frames = [group.shapes[0] for group in sheet(nodes, direction).groups[2:]]
        starts = iter(coordinate(frame) for frame in frames if isinstance(frame, Box))
        op_and_box = [(next(starts) if card.op else None, next(starts)) for card in cards]
        for card, (op, box) in zip(cards, op_and_box, strict=True):
            first = box if op is None else op
            assert first <= box
            assert all(op_and_box[x][1] < first for x in card.inputs)


def test_left_to_right_is_wide_and_top_to_bottom_is_high():
    wide, high = sheet(lecture(), "LR"), sheet(lecture(), "TB")
    assert wide.width > 2 * wide.height
    assert high.height > high.width


def test_every_input_has_an_arrow_and_one_used_twice_has_two():
    a = Node("a")
    heads = [shape for shape in sheet([a, Node(op="+", inputs=[a, a])]).groups[1].shapes if isinstance(shape, Head)]
    assert len(heads) == 3  # two into the operation, one out of it
    assert len({head.corners for head in heads}) == 3


def test_an_arrow_without_an_operation_ends_at_the_edge_of_the_box():
    drawn = sheet([x := Node("x"), Node("y", inputs=[x])])
    (head,) = [shape for shape in drawn.groups[1].shapes if isinstance(shape, Head)]
    _, y = boxes(drawn)
    assert head.corners[0] == (y.x, y.y + y.height / 2)
