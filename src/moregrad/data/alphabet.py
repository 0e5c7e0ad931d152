"""An alphabet as it is typed: `a-z`, `a-zà-ÿ -'`."""

import unicodedata
from collections.abc import Iterator

from moregrad.errors import AlphabetError


def strangers(alphabet: str) -> str:
    """The regular expression for a character that is not in `alphabet`.

    A hyphen between two characters stands for all code points from the one to the other, unless one of the two is an
    ASCII space or punctuation mark; everywhere else it means itself. Raises AlphabetError for an empty alphabet and for
    a range that runs backwards.
    """
    if not alphabet:
        raise AlphabetError("the alphabet is empty; give characters and ranges such as 'a-z' or \"a-z '-\"")
    ranges = _ranges(unicodedata.normalize("NFC", alphabet))
    return "[^" + "".join(rf"\x{{{ord(first):x}}}-\x{{{ord(last):x}}}" for first, last in ranges) + "]"


def _ranges(alphabet: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(alphabet):
        first, last = alphabet[place], alphabet[place]
        if alphabet[place + 1 : place + 2] == "-" and _bounds(first, alphabet[place + 2 : place + 3]):
            last = alphabet[place + 2]
            place += 2
        if first > last:
            raise AlphabetError(
                f"the range {first}-{last} of alphabet {alphabet!r} runs backwards; write {last}-{first}"
            )
        yield first, last
        place += 1


def _bounds(first: str, last: str) -> bool:
    return last != "" and all(end.isalnum() or not end.isascii() for end in (first, last))
