"""Alphabets as users write them: `a-z`, `a-zà-ÿ -'`."""

import unicodedata
from collections.abc import Iterator

from moregrad.errors import AlphabetError


def outside_pattern(alphabet: str) -> str:
    """Returns the regular expression that matches a character outside `alphabet`.

    A hyphen between two characters makes a range of code points, unless one of the two is an ASCII space or punctuation
    mark; everywhere else it stands for itself. Raises AlphabetError for an empty alphabet and for a range that runs
    backwards.
    """
    return "[^" + "".join(rf"\x{{{ord(first):x}}}-\x{{{ord(last):x}}}" for first, last in _ranges(alphabet)) + "]"


def characters(alphabet: str) -> str:
    """Returns the distinct characters of `alphabet` in code point order; raises what `outside_pattern` raises."""
    points = {point for first, last in _ranges(alphabet) for point in range(ord(first), ord(last) + 1)}
    return "".join(map(chr, sorted(points)))


def _ranges(alphabet: str) -> Iterator[tuple[str, str]]:
    if not alphabet:
        raise AlphabetError("the alphabet is empty; give characters and ranges such as 'a-z' or \"a-z '-\"")
    alphabet = unicodedata.normalize("NFC", alphabet)
    index = 0
    while index < len(alphabet):
        first, last = alphabet[index], alphabet[index]
        if alphabet[index + 1 : index + 2] == "-" and _is_range(first, alphabet[index + 2 : index + 3]):
            last = alphabet[index + 2]
            index += 2
        if first > last:
            raise AlphabetError(
                f"the range {first}-{last} of alphabet {alphabet!r} runs backwards; write {last}-{first}"
            )
        yield first, last
        index += 1


def _is_range(first: str, last: str) -> bool:
    return last != "" and all(end.isalnum() or not end.isascii() for end in (first, last))
