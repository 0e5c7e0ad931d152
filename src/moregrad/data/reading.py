"""The options of reading a word list."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typing_extensions import Doc

from moregrad.configuration import Bytes, Characters, Configuration
from moregrad.data.bounded import FILE, LINE, Limits


@dataclass(frozen=True)
class Reading(Configuration):
    """Options of reading: the column of a table, the words that are kept, and the form they are kept in.

    Surrounding white space is removed and Unicode is composed to NFC in any case. Without an `alphabet` every character
    is allowed that is not a control character.
    """

    title: ClassVar[str] = "reading"

    column: Annotated[str | int | None, Doc("Column of a table, by name or by number from 1.")] = None
    lower: Annotated[bool, Doc("Put words in lower case.")] = False
    alphabet: Annotated[str | None, Doc("Reject words with other characters; written as in a-z.")] = None
    keep_duplicates: Annotated[bool, Doc("Keep repeated words.")] = False
    max_length: Annotated[Characters | None, Doc("Reject words of more characters.")] = None
    max_line_bytes: Annotated[Bytes, Doc("Refuse files with a longer line.")] = LINE
    max_file_bytes: Annotated[Bytes, Doc("Refuse longer files; counted after decompression.")] = FILE

    @property
    def limits(self) -> Limits:
        """The most that is read of a line and of a file."""
        return Limits(self.max_line_bytes, self.max_file_bytes, self.max_file_bytes)
