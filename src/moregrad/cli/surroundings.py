"""What the command line needs of the process it runs in."""

import os
import sys
import warnings
from io import TextIOWrapper

from moregrad.errors import MoregradError


def speak_utf8() -> None:
    """Writes UTF-8 whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def typed_words() -> list[str]:
    """The words typed after the name of the program; raises MoregradError for one that is not UTF-8."""
    for word in sys.argv[1:]:
        if not word.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in word):
            raise MoregradError(f"the word {word!r} is not UTF-8; type it in UTF-8, or rename the file it names")
    return sys.argv[1:]


def keep_compiled_programs() -> None:
    """Lets JAX keep compiled programs in the user's cache, so that a program is compiled only once on a machine.

    Takes effect only before JAX is imported; variables that are set already are left alone. Without a cache that can be
    read and written everything works all the same, so JAX's warnings about it are not shown.
    """
    from platformdirs import user_cache_path

    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(user_cache_path("moregrad") / "compiled"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache")


def discard_output() -> None:
    """Sends what is still to be written to standard output nowhere, so that Python does not fail once more at exit."""
    try:
        number = sys.stdout.fileno()
    except OSError:
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
