"""Convolutions, of any number of axes."""

from collections.abc import Sequence
from typing import Any

from moregrad.errors import ModelError
from moregrad.formats.translation.expressions import INDEX, Expression, constant, operation, plus, times, within
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.reductions import sum_of_products
from moregrad.formats.translation.values import Index, Value


@emitter("conv_general_dilated")
def convolve(
    translation: Translation,
    operands: Values,
    results: Shapes,
    *,
    dimension_numbers: Any,
    window_strides: Sequence[int],
    padding: Sequence[tuple[int, int]],
    lhs_dilation: Sequence[int],
    rhs_dilation: Sequence[int],
    feature_group_count: int,
    batch_group_count: int,
    **_: Any,
) -> Value:
    if batch_group_count != 1 or set(lhs_dilation) - {1}:
        raise ModelError("the model has a transposed convolution, which cannot be translated; leave it out")
    data, kernel = map(translation.settled, operands)
    into, weights, out = dimension_numbers
    (result,) = results
    features = kernel.shape[weights[1]]
    each_group = kernel.shape[weights[0]] // feature_group_count

    def factors(index: Index, over: Index) -> tuple[Expression, Expression]:
        feature, *window = over
        group = operation("div", INDEX, index[out[1]], constant(each_group, INDEX))
        channel = feature if feature_group_count == 1 else plus(times(group, features), feature)
        place, inside = {into[0]: index[out[0]], into[1]: channel}, []
        for axis, offset in enumerate(window):
            extent = data.shape[into[axis + 2]]
            start = plus(times(index[out[axis + 2]], window_strides[axis]), constant(-padding[axis][0], INDEX))
            at = plus(start, times(offset, rhs_dilation[axis]))
            place[into[axis + 2]] = within(at, extent - 1)
            inside += [
                operation("ge", "bool", at, constant(0, INDEX)),
                operation("lt", "bool", at, constant(extent, INDEX)),
            ]
        there = {weights[0]: index[out[1]], weights[1]: feature} | {
            weights[axis + 2]: each for axis, each in enumerate(window)
        }
        found = data.element([place[axis] for axis in range(len(place))])
        for each in inside:
            found = operation("select", data.dtype, each, found, constant(0, data.dtype))
        return found, kernel.element([there[axis] for axis in range(len(there))])

    return sum_of_products(translation, result, [features, *(kernel.shape[axis] for axis in weights[2:])], factors)
