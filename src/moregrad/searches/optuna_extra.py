"""Optuna, imported when it is asked for and kept quiet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moregrad.errors import MoregradError


def load_optuna() -> Any:
    """Returns the package; raises MoregradError, which names the extra, if it is not installed."""
    try:
        import optuna
    except ImportError as error:
        raise MoregradError("a sweep needs optuna: pip install 'moregrad[sweep]'") from error
    return optuna


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps Optuna from writing to standard error within its `with`."""
    logging = load_optuna().logging
    before = logging.get_verbosity()
    logging.set_verbosity(logging.ERROR)
    try:
        yield
    finally:
        logging.set_verbosity(before)
