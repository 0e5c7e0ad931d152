"""Numbers and names as the short, printable text that goes into a box."""

import unicodedata


def number(x: float) -> str:
    """Four decimals, as in micrograd; four digits where those would say nothing.

    >>> number(24.70408), number(-0.0), number(1e-7), number(1e9)
    ('24.7041', '0.0000', '1e-07', '1e+09')
    """
    if x == 0:
        return "0.0000"
    return f"{x:.4g}" if abs(x) < 1e-3 or abs(x) >= 1e6 else f"{x:.4f}"


def printable(text: object) -> str:
    r"""`text` on one line: what cannot be printed is shown as Python would write it.

    >>> print(printable("a\nb"))
    a\nb
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def cells(text: str) -> int:
    """How many places `text` takes where a Latin letter takes one, a Chinese letter two and a lone accent none."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def shortened(text: str, most: int) -> str:
    """`text`, with an ellipsis for what goes beyond `most` cells.

    >>> shortened("temperature", 6)
    'tempe…'
    """
    if cells(text) <= most:
        return text
    end = len(text)
    while cells(text[:end]) > most - 1:
        end -= 1
    return text[:end] + "…"


def counted(count: int, noun: str) -> str:
    """
    >>> counted(1, "value"), counted(64123, "operation")
    ('1 value', '64,123 operations')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
