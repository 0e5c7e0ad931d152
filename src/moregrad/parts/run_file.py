"""The run that parts are made with, known by its content wherever it is loaded."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path

from moregrad.errors import StorageError
from moregrad.runs.experiment import load
from moregrad.runs.run import Run
from moregrad.runs.storage import MODEL


@dataclass(frozen=True)
class RunFile:
    """The folder of a run and the digest of what it holds."""

    folder: Path
    sha256: str

    @classmethod
    def of(cls, folder: Path) -> "RunFile":
        """Reads the digest; raises StorageError, as `load` does, for a folder without a run."""
        try:
            with (folder / MODEL).open("rb") as stream:
                return cls(folder.absolute(), file_digest(stream, "sha256").hexdigest())
        except OSError:
            load(folder)
            raise

    def load(self) -> Run:
        """Returns the run, loaded once in each process; raises StorageError if the folder holds another one."""
        return _load(self)

    def to_dict(self) -> dict[str, str]:
        """Returns it as plain data."""
        return {"folder": str(self.folder), "sha256": self.sha256}


@lru_cache(maxsize=1)
def _load(file: RunFile) -> Run:
    run = load(file.folder)
    if RunFile.of(file.folder) != file:
        raise StorageError(f"{file.folder} holds another run than when the work began; begin anew with --restart")
    return run
