"""Short, printable text for boxes."""

import unicodedata

LONGEST = 200
"""Characters of a text that are drawn; the rest is left out."""


def escape_unprintable(text: str) -> str:
    r"""`text` on one line, with what cannot be printed as Python would write it.

    >>> print(escape_unprintable("a\nb"))
    a\nb
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def count_cells(text: str) -> int:
    """The width of `text` in Latin letters: a Chinese character is as wide as two, a combining accent has no width."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def shorten(text: str, most: int) -> str:
    """Cuts `text` to at most `most` cells, an ellipsis included.

    >>> shorten("temperature", 6)
    'tempe…'
    """
    if count_cells(text) <= most:
        return text
    end = len(text)
    while count_cells(text[:end]) > most - 1:
        end -= 1
    return text[:end] + "…"


def clip(text: str, most: int = LONGEST) -> str:
    """Cuts a text that no box has room for, and says how many characters are left out.

    >>> clip("temperature")
    'temperature'
    >>> clip("a" * 10_000)[199:]
    'a… (9,800 characters left out)'
    """
    left = len(text) - most
    return text if left <= 0 else f"{text[:most]}… ({count_nouns(left, 'character')} left out)"


def count_nouns(count: int, noun: str) -> str:
    """The number and the noun, which takes an s unless the number is 1.

    >>> count_nouns(1, "value"), count_nouns(64123, "operation")
    ('1 value', '64,123 operations')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
