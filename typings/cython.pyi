"""The part of Cython that moregrad uses; Cython's own types for them hide the class from type checkers."""

from typing import TypeVar

compiled: bool

Class = TypeVar("Class", bound=type)

def cclass(cls: Class) -> Class: ...
def no_gc(cls: Class) -> Class: ...
