"""The processes that share a search, each known to be alive by a lock that the system releases when it ends."""

from contextlib import suppress
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from moregrad.errors import StorageError
from moregrad.runs.folder import name_of

BEGINNING = b'{"op_code":'
"""The beginning of a journal of Optuna."""

HOME = Path("searches")
"""The folder of searches that are given no file."""


def free_journal(model: str, source: str, home: Path = HOME) -> Path:
    """Makes a new file in `home`, named after the model and the source; searches that start together get one each."""
    names = (home / f"{model}-{name_of(source)}-{number}.journal" for number in count(1))
    return next(path for path in names if _make_new(path))


def _make_new(path: Path) -> bool:
    """Makes an empty file; returns false if it was there already."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        path.open("x").close()
    except OSError as error:
        if isinstance(error, FileExistsError) and path.parent.is_dir():
            return False
        raise StorageError(f"cannot keep a search in {path}: {error.strerror}; name a file with --storage") from error
    return True


class JournalLock:
    """The lock under which anything is written to a journal; a holder may take it again.

    A line that a killed process left half written is removed by the next holder: nobody else can be writing it.
    """

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._lock = FileLock(f"{journal}.lock", thread_local=False, poll_interval=0.005)

    def acquire(self) -> bool:
        """Waits for the lock."""
        self._lock.acquire()
        if self._lock.lock_counter == 1:
            _repair(self._journal)
        return True

    def release(self) -> None:
        """Gives the lock back."""
        self._lock.release()

    def __enter__(self) -> "JournalLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_journal(path: Path) -> bool:
    """Tells whether a file is a journal, or nothing yet."""
    if not path.exists():
        return True
    with path.open("rb") as file:
        begins = file.read(len(BEGINNING))
    return BEGINNING.startswith(begins)


def _repair(journal: Path) -> None:
    """Cuts off what follows the last line feed; what is no journal is left alone."""
    if not (journal.exists() and is_journal(journal)):
        return
    with journal.open("rb+") as file:
        content = file.read()
        if not content.endswith(b"\n"):
            file.truncate(content.rfind(b"\n") + 1)


class Workers:
    """The processes that work on a journal, by number. All methods are for the holder of its lock."""

    def __init__(self, journal: Path) -> None:
        self._folder = Path(f"{journal}.workers")
        self._own: FileLock | None = None
        self.number = -1

    def enter(self, number: int) -> None:
        """Makes this process the worker of that number, which no other may have had."""
        self._folder.mkdir(exist_ok=True)
        self.number, self._own = number, self._lock(number)
        self._own.acquire()

    def leave(self) -> None:
        """Ends the work of this process."""
        if self._own:
            with suppress(OSError):
                self._path(self.number).unlink()
            self._own.release()
            self._own = None
        with suppress(OSError):
            self._folder.rmdir()

    def is_alive(self, number: int | None) -> bool:
        """Tells whether the worker of that number is at work, this process included."""
        if number == self.number and self._own:
            return True
        if number is None or not self._path(number).exists():
            return False
        lock = self._lock(number)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        with suppress(OSError):
            self._path(number).unlink()
        lock.release()
        return False

    def others(self) -> list[int]:
        """Returns the numbers of the other processes at work."""
        numbers = [int(path.stem) for path in self._folder.glob("*.lock")] if self._folder.is_dir() else []
        return [number for number in numbers if number != self.number and self.is_alive(number)]

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.lock"

    def _lock(self, number: int) -> FileLock:
        return FileLock(self._path(number), thread_local=False)
