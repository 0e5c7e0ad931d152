"""Processes made by `fork`: the threads of JAX and Polars do not survive it, so a child waits for ever."""

import os

from moregrad.errors import MoregradError

_used = _forked = False


def check_process() -> None:
    """Notes that this process computes; raises MoregradError in a process forked from one that did."""
    global _used
    if _forked:
        raise MoregradError(
            "this process was forked from one that had used moregrad, where JAX and Polars would wait for ever; "
            'start processes with multiprocessing.get_context("spawn"), or fork before the first load or train'
        )
    _used = True


def _mark_child() -> None:
    global _forked
    _forked = _forked or _used


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_mark_child)
