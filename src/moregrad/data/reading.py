"""The options of reading a word list."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typing_extensions import Doc

from moregrad.configuration import Bytes, Characters, Configuration
from moregrad.data.bounded import FILE, LINE, Limits
from moregrad.data.form import Form

TAB = "tab"
"""A name for the delimiter that few shells let through."""


@dataclass(frozen=True)
class Reading(Configuration):
    """Options of reading: the column of a table, the words that are kept, and the form they are kept in.

    Surrounding white space is removed and Unicode is composed to NFC in any case. Without an `alphabet` every character
    is allowed that is not a control character.
    """

    title: ClassVar[str] = "reading"

    column: Annotated[str | int | None, Doc("Column of a table, by name or by number from 1.")] = None
    label: Annotated[
        str | int | None, Doc("Column with a label for each word, such as its gender, by name or number.")
    ] = None
    delimiter: Annotated[
        str | None, Doc("Character between the fields of a table, or the word tab; found if not given.")
    ] = None
    no_header: Annotated[bool, Doc("Take the first row of a table for a word like the others.")] = False
    encoding: Annotated[
        str | None, Doc("Encoding of a text, such as cp1252; by default UTF-8, or what its byte order mark says.")
    ] = None
    lower: Annotated[bool, Doc("Put words in lower case.")] = False
    alphabet: Annotated[str | None, Doc("Reject words with other characters; written as in a-z.")] = None
    keep_duplicates: Annotated[bool, Doc("Keep repeated words.")] = False
    strip_invisible: Annotated[bool, Doc("Remove invisible characters and replacement characters.")] = False
    max_length: Annotated[Characters | None, Doc("Reject words of more characters than this.")] = None
    max_line_bytes: Annotated[Bytes, Doc("Refuse files with a longer line.")] = LINE
    max_file_bytes: Annotated[Bytes, Doc("Refuse longer files; counted after decompression.")] = FILE

    def __post_init__(self) -> None:
        """Raises ConfigurationError for a delimiter that is not one character, besides what all fields are held to."""
        super().__post_init__()
        single = self.delimiter in (None, TAB) or (len(self.delimiter) == 1 and self.delimiter not in '"\r\n\0')
        self.require("delimiter", single, "one character, such as ; but no quotation mark and no line end, or tab")

    def form(self) -> Form:
        """Returns what is known of the form of a file."""
        delimiter = "\t" if self.delimiter == TAB else self.delimiter
        return Form(self.column, delimiter, self.no_header, self.encoding, self.label)

    @property
    def limits(self) -> Limits:
        """The most that is read of a line and of a file."""
        return Limits(self.max_line_bytes, self.max_file_bytes, self.max_file_bytes)
