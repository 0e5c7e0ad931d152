"""The one way in which words that were typed become the call of a command."""

import sys
from collections.abc import Sequence
from typing import Any

from cyclopts import App


def call(app: App, words: Sequence[str]) -> Any:
    """Calls the command of `app` that `words` ask for; its errors are raised, its help goes to standard output."""
    return app(words, console=_console(), exit_on_error=False, print_error=False, result_action="return_value")


def _console() -> Any:
    """Returns the console for help; Cyclopts makes one for pipes itself."""
    if not sys.stdout.isatty():
        return None
    from moregrad.cli.screen import results

    return results()
