"""What the command line needs of the process it runs in."""

import os
import sys
from io import TextIOWrapper


def speak_utf8() -> None:
    """Writes UTF-8 whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def keep_compiled_programs() -> None:
    """Lets JAX keep compiled programs in the user's cache, so that a program is compiled only once on a machine.

    Takes effect only before JAX is imported; variables that are set already are left alone.
    """
    from platformdirs import user_cache_path

    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(user_cache_path("moregrad") / "compiled"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")


def discard_output() -> None:
    """Sends what is still to be written to standard output nowhere, so that Python does not fail once more at exit."""
    try:
        number = sys.stdout.fileno()
    except OSError:
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
