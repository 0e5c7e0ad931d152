"""The pickles in which torch describes what is in a file, read without running anything.

A pickle is a program for a small machine. Here it runs on one that knows the instructions torch uses and no others, and
whose only functions are those that make a dictionary and describe a tensor.
"""

import math
import pickletools
from dataclasses import dataclass
from typing import Any

from moregrad.errors import DataError

TYPES = {
    "Double": "f8",
    "Float": "f4",
    "Half": "f2",
    "BFloat16": "bf16",
    "Long": "i8",
    "Int": "i4",
    "Short": "i2",
    "Char": "i1",
    "Byte": "u1",
    "Bool": "b1",
}
"""The kinds of number in a storage, by the name of its class in torch."""


FUNCTIONS = ("collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter")


@dataclass(frozen=True)
class Storage:
    """A run of numbers: the name of the record that holds them, their kind and how many there are."""

    name: str
    kind: str
    count: int


@dataclass(frozen=True)
class Tensor:
    """A view of a storage."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


MARK = object()
"""Stands on the stack below the items of what is being put together."""

NONE_OF_TENSORS = "nothing but tensors by name is read from such a file, and nothing in it is run"


def describe(content: bytes) -> Any:
    """Returns what the pickle `content` describes, tensors as `Tensor`; raises DataError for anything else in it."""
    try:
        return _run(content)
    except DataError:
        raise
    except Exception as error:  # whatever a crafted program makes of the stack
        raise DataError(f"its description of tensors is damaged: {type(error).__name__}: {error}"[:200]) from error


def _run(content: bytes) -> Any:
    stack: list[Any] = []
    memo: dict[int, Any] = {}
    argument: Any
    for code, argument, _ in pickletools.genops(content):
        match code.name:
            case "PROTO":
                pass
            case "STOP":
                return stack.pop()
            case "MARK":
                stack.append(MARK)
            case "BINUNICODE" | "SHORT_BINUNICODE" | "BININT" | "BININT1" | "BININT2" | "LONG1" | "BINFLOAT":
                stack.append(argument)
            case "NONE" | "NEWTRUE" | "NEWFALSE":
                stack.append({"NONE": None, "NEWTRUE": True, "NEWFALSE": False}[code.name])
            case "BINPUT" | "LONG_BINPUT":
                memo[argument] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(memo[argument])
            case "EMPTY_DICT" | "EMPTY_LIST" | "EMPTY_TUPLE":
                stack.append({"EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_TUPLE": tuple}[code.name]())
            case "TUPLE":
                stack.append(tuple(_items(stack)))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                stack.append(tuple(_take(stack, int(code.name[-1]))))
            case "APPEND" | "APPENDS":
                items = _items(stack) if code.name == "APPENDS" else _take(stack, 1)
                list.extend(stack[-1], items)
            case "SETITEM" | "SETITEMS":
                items = _items(stack) if code.name == "SETITEMS" else _take(stack, 2)
                dict.update(stack[-1], zip(items[::2], items[1::2], strict=True))
            case "GLOBAL":
                stack.append(_known(argument))
            case "REDUCE":
                function, arguments = _take(stack, 2)
                stack.append(_call(function, arguments))
            case "BINPERSID":
                stack.append(_storage(*stack.pop()))
            case "BUILD":  # what torch notes about the modules; no tensor needs it
                stack.pop()
            case other:
                raise DataError(f"it has the instruction {other}: {NONE_OF_TENSORS}")
    raise DataError("its description of tensors has no end")


def _items(stack: list[Any]) -> list[Any]:
    """Takes the items above the topmost mark."""
    mark = max(index for index, item in enumerate(stack) if item is MARK)
    return _take(stack, len(stack) - mark)[1:]


def _take(stack: list[Any], count: int) -> list[Any]:
    if count > len(stack):
        raise DataError("its description of tensors is damaged: it takes more than there is")
    items = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    return items


def _known(name: str) -> str:
    """Returns `name` if it is one of the few that describe tensors."""
    if name in FUNCTIONS or (name.startswith("torch ") and name[6:].removesuffix("Storage") in TYPES):
        return name
    raise DataError(f"it asks for {name!r:.80}: {NONE_OF_TENSORS}")


def _call(function: str, arguments: tuple[Any, ...]) -> Any:
    match function:
        case "collections OrderedDict":
            return dict(*arguments)
        case "torch._utils _rebuild_tensor_v2":
            storage, offset, size, stride, *_ = arguments
            return _tensor(storage, offset, size, stride)
        case "torch._utils _rebuild_parameter":
            return arguments[0]
    raise DataError(f"it calls {function!r:.80}: {NONE_OF_TENSORS}")


def _tensor(storage: Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...]) -> Tensor:
    counts = (offset, *size, *stride)
    if not isinstance(storage, Storage) or len(size) != len(stride) or not all(map(_is_count, counts)):
        raise DataError("it describes a tensor that is none")
    last = offset + sum((length - 1) * step for length, step in zip(size, stride, strict=True))
    if 0 in size or last >= storage.count or math.prod(size) > storage.count:
        raise DataError("it describes a tensor that is empty, or larger than its numbers")
    return Tensor(storage, offset, tuple(size), tuple(stride))


def _storage(label: str, kind: str, name: str, device: str, count: int) -> Storage:
    found = TYPES.get(kind.removeprefix("torch ").removesuffix("Storage"))
    if label != "storage" or found is None or not isinstance(name, str) or not _is_count(count):
        raise DataError("it describes numbers that are none")
    return Storage(name, found, count)


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**40
