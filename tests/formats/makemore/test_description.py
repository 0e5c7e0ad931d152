"""Descriptions of tensors, and programs that pretend to be one."""

import collections
import pickle
from pathlib import Path
from typing import Any

import pytest

from formats.makemore.checkpoints import KINDS, checkpoint, entries
from moregrad.errors import DataError
from moregrad.formats.makemore.description import Tensor, describe

RAN: list[str] = []


class Hostile:
    """An object that runs a command when its pickle is loaded as Python loads it."""

    def __reduce__(self) -> Any:
        return RAN.append, ("ran",)


@pytest.mark.parametrize("kind", KINDS)
def test_every_tensor_of_a_checkpoint_is_described(kind: str):
    found = describe(entries(checkpoint(kind))["data.pkl"])
    assert found
    assert all(isinstance(name, str) and isinstance(tensor, Tensor) for name, tensor in found.items())


def test_plain_data_is_read_as_pickle_reads_it():
    values = collections.OrderedDict(a=[1, 2.5, None, True, ("x", (), 2**40, -3)], b={"c": [[], {}]})
    assert describe(pickle.dumps(values, 2)) == dict(values)


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("harm", [Hostile(), [Hostile()], {"weight": Hostile()}, eval, Path("x"), print, Exception])
def test_nothing_runs(harm: Any, protocol: int):
    with pytest.raises(DataError):
        describe(pickle.dumps(harm, protocol))
    assert RAN == []


CRAFTED = {
    "os.system": b"\x80\x02cposix\nsystem\nX\x02\x00\x00\x00id\x85R.",
    "through builtins": b"\x80\x02c__builtin__\neval\nX\x01\x00\x00\x001\x85R.",
    "an instance": b"\x80\x02(cposix\nsystem\nX\x02\x00\x00\x00ido.",
    "the old way": b"(S'id'\niposix\nsystem\n.",
    "a registered extension": b"\x80\x02\x82\x01.",
    "a name of torch that is no storage": b"\x80\x02ctorch\nload\nX\x01\x00\x00\x00x\x85R.",
    "a name within a name": b"\x80\x02ctorch.hub load\nload\n).",
    "a call of a storage": b"\x80\x02ctorch\nFloatStorage\n)R.",
    "a call of text": b"\x80\x02X\x02\x00\x00\x00id)R.",
    "an attribute": b"\x80\x02ccollections\nOrderedDict\n)R}X\x09\x00\x00\x00__class__K\x01sb",
    "a storage that is none": b"\x80\x02(X\x01\x00\x00\x00xK\x01K\x01K\x01K\x01tQ.",
    "an empty stack": b"\x80\x02.",
    "no end": b"\x80\x02}",
    "no mark": b"\x80\x02t.",
    "nothing to take": b"\x80\x02\x87.",
    "a memory that is empty": b"\x80\x02h\x05.",
    "items of a number": b"\x80\x02K\x01K\x02a.",
    "names of a list": b"\x80\x02]K\x01K\x02s.",
    "an odd number of names": b"\x80\x02}(K\x01u.",
    "a length beyond the end": b"\x80\x02X\xff\xff\xff\x7fa.",
    "a tensor of nothing": b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n)R.",
    "no program": b"PK\x03\x04",
    "nothing": b"",
}


@pytest.mark.parametrize("program", CRAFTED.values(), ids=CRAFTED)
def test_a_crafted_program_is_refused(program: bytes):
    with pytest.raises(DataError):
        describe(program)


def test_a_damaged_description_is_read_or_refused_and_nothing_else():
    content = entries(checkpoint("gru"))["data.pkl"]
    outcomes = set()
    for at in range(8 * len(content)):
        damaged = bytearray(content)
        damaged[at // 8] ^= 1 << at % 8
        try:
            outcomes.add(type(describe(bytes(damaged))))
        except DataError:
            outcomes.add(DataError)
    assert {dict, DataError} <= outcomes


def test_a_large_number_of_a_place_in_memory_takes_no_memory():
    program = b"\x80\x02}r\xff\xff\xff\x7f."
    assert describe(program) == {}
