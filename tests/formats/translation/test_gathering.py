"""Elements read and written where others say, inside arrays and outside."""

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from formats.engines import check

TABLE = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
PLACES = np.array([[0, 4, -1], [2, 7, -9]], np.int32)


@pytest.mark.parametrize("mode", ["clip", "fill"])
def test_rows_and_elements_are_read(mode: str):
    check(
        {
            "rows": lambda table, places: jnp.take(table, places, axis=0, mode=mode),
            "columns": lambda table, places: jnp.take(table, places, axis=1, mode=mode),
            "both": lambda table, places: table.at[places, places[:, ::-1]].get(mode=mode),
            "along": lambda table, places: jnp.take_along_axis(table[:2], places, axis=1, mode=mode),
            "whole numbers": lambda table, places: jnp.take((table * 9).astype(jnp.int32), places, mode=mode) / 2**20,
            "around": lambda table, places: jnp.take(table, places, axis=0, mode="wrap"),
            "unsigned": lambda table, places: jnp.take(table, places.astype(jnp.uint32), axis=0, mode=mode),
            "truths": lambda table, places: jnp.take(table > 0, places, mode=mode),
        },
        TABLE,
        PLACES,
    )


@pytest.mark.parametrize("mode", ["clip", "drop"])
def test_rows_and_elements_are_written(mode: str):
    check(
        {
            "set": lambda table, places: table.at[places[0]].set(1.5, mode=mode),
            "set elements": lambda table, places: table.at[places, 1].set(places * 2.0, mode=mode),
            "add": lambda table, places: table.at[places].add(table[0], mode=mode),
            "mul": lambda table, places: table.at[places[0], places[1]].mul(3.0, mode=mode),
            "max": lambda table, places: table.at[places].max(0.1, mode=mode),
            "min": lambda table, places: table.at[:, places[0]].min(0.1, mode=mode),
            "along": lambda table, places: jnp.put_along_axis(table[:2], places, 7.0, axis=1, mode=mode, inplace=False),
        },
        TABLE,
        PLACES[:, :3],
    )


def test_slices_that_move_stay_inside():
    check(
        {
            **{
                f"slice {shift}": lambda table, places, shift=shift: lax.dynamic_slice(
                    table, (places[0, 0] + shift, places[0, 1] - shift), (2, 3)
                )
                for shift in (-2, 1, 9)
            },
            **{
                f"update {shift}": lambda table, places, shift=shift: lax.dynamic_update_slice(
                    table, -table[:2, :3], (places[0, 0] + shift, places[0, 1] - shift)
                )
                for shift in (-2, 1, 9)
            },
        },
        TABLE,
        PLACES,
    )
