"""The process around a command: encoding, arguments, the cache of compiled programs, the cores."""

import os
import sys
import warnings
from io import TextIOWrapper

from moregrad.errors import MoregradError
from moregrad.parallel import SPARE, cores


def open_streams() -> None:
    """Makes standard output and error write UTF-8, whatever the locale; a closed standard error goes nowhere.

    Raises MoregradError if standard output is closed.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        raise MoregradError("standard output is closed, and results go there; send it to a file, or to /dev/null")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def typed_words() -> list[str]:
    """Returns the arguments of the program; raises MoregradError for one that is not UTF-8."""
    for word in sys.argv[1:]:
        if not word.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in word):
            raise MoregradError(f"the argument {word!r} is not UTF-8; type it in UTF-8, or rename the file it names")
    return sys.argv[1:]


def use_all_cores() -> None:
    """Makes each core a device of JAX, among which networks that are trained together are dealt, and adds spare ones.

    Takes effect only before JAX is imported; a number of devices that is set already is left alone.
    """
    if "xla_force_host_platform_device_count" not in os.environ.get("XLA_FLAGS", ""):
        os.environ.setdefault("JAX_NUM_CPU_DEVICES", str(cores() + SPARE))


def keep_compiled_programs() -> None:
    """Lets JAX keep compiled programs in the user's cache, so that a machine compiles each program only once.

    Takes effect only before JAX is imported; variables that are set already are left alone. Everything works without a
    cache too, so JAX's warnings about one that cannot be read or written are not shown.
    """
    from platformdirs import user_cache_path

    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(user_cache_path("moregrad") / "compiled"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache")


def discard_output() -> None:
    """Discards what is still to be written to standard output, so that Python does not fail again at exit."""
    try:
        number = sys.stdout.fileno()
    except OSError:
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
