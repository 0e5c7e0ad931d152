"""The errors raised on purpose.

    MoregradError
    ├── DataError            what was read cannot be used: missing file, empty list, bad encoding
    │   ├── SourceError      no such source, or it cannot be fetched
    │   └── AlphabetError    a character outside the vocabulary
    ├── ConfigurationError   a setting that does not exist or holds a value that is not allowed
    ├── ModelError           a model that does not exist or cannot do what is asked
    ├── TrainingError        training cannot go on: the loss is not a number
    ├── ScalarError          a number or an operation on it that is not defined
    ├── DrawingError         a graph that cannot be drawn, or a picture that cannot be saved
    ├── StorageError         a folder that is missing, damaged, newer, or cannot be written
    ├── ClusterError         machines that do not answer, or cannot do what is asked
    └── ProcessError         processes that cannot train together: out of reach, or not alike
        └── LostProcessError   another process ended in the middle of a training

Every message says what was given, what is allowed and what to do. The command line prints it on one line.
"""


class MoregradError(Exception):
    """Root of all errors raised on purpose."""


class DataError(MoregradError):
    """A list cannot be read or used as a word list."""


class SourceError(DataError):
    """The named source is unknown or out of reach."""


class AlphabetError(DataError):
    """A character is not in the vocabulary."""


class ConfigurationError(MoregradError):
    """A setting does not exist or holds a value that is not allowed; `setting` is its name, if it exists."""

    def __init__(self, message: str, *, setting: str = "") -> None:
        super().__init__(message)
        self.setting = setting


class ModelError(MoregradError):
    """A model does not exist or cannot do what is asked."""


class TrainingError(MoregradError):
    """Training cannot go on."""


class ScalarError(MoregradError, ValueError):
    """A number that is not one, or an operation that is not defined for it."""


class DrawingError(MoregradError, ValueError):
    """A graph that cannot be drawn, or a picture that cannot be saved."""


class ClusterError(MoregradError):
    """Machines do not answer, or cannot do what is asked."""


class StorageError(MoregradError):
    """A folder of a run or of parts is missing, damaged, of a newer format, or cannot be written."""


class ProcessError(MoregradError):
    """Processes cannot train together."""


class LostProcessError(ProcessError):
    """Another process ended in the middle of a training."""
