"""Spans of whole numbers as users write them: 5-8, 5, 5- and -8."""

import re

SPAN = re.compile(r" *([0-9]{0,5}) *(-?) *([0-9]{0,5}) *")
FORMS = "a number or a span such as '5-8', '5', '5-' or '-8', its ends in order"


def is_span(text: str) -> bool:
    """Tells whether `text` is a span."""
    found = SPAN.fullmatch(text)
    if found is None or not (found[1] or found[3]) or (found[3] and not found[2]):
        return False
    least, most = read_span(text)
    return most is None or least <= most


def read_span(text: str) -> tuple[int, int | None]:
    """Returns the first and the last number of a span; the last is None if it has no upper end."""
    least, hyphen, most = re.split(r"(-)", text.strip()) if "-" in text else (text, "", "")
    if not hyphen:
        return int(least), int(least)
    return int(least.strip() or 0), int(most) if most.strip() else None
