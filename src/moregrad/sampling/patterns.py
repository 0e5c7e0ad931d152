r"""Patterns of whole words.

letters      themselves
?            any one character
*            any number of any characters, none included
[aeiou]      one of these; [a-m] one of a range, [^aeiou] any but these
(ab|cd)      ab or cd; a group is repeated as a whole
+            what stands before it, once or more
{2} {2,3}    what stands before it, twice; two or three times; {2,} twice or more, {,3} at most three times
\            the next character itself, as in \? and \[
"""

import re
from dataclasses import dataclass
from itertools import starmap

import numpy as np
from jaxtyping import Bool

from moregrad.configuration import shorten
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError
from moregrad.sampling.expressions import Chain, Choice, Expression, Letters, Repeat, any_letter, anything

SPECIAL = r"\?*[](){}|+"
DEEPEST = 50
COUNTS = re.compile(r"\{([0-9]{0,4})(?:(,)([0-9]{0,4}))?\}")


def read_pattern(text: str, vocabulary: Vocabulary) -> Expression:
    """Returns the expression that `text` describes.

    Raises ConfigurationError, with the place, for a pattern that is malformed, and AlphabetError for a letter outside
    the vocabulary and for a class that allows none of it.
    """
    reader = _Reader(text, vocabulary)
    expression = reader.choice(0)
    if reader.ahead:
        raise reader.fault(f"the {reader.ahead!r} closes nothing", rf"write \{reader.ahead} for the character itself")
    return expression


@dataclass
class _Reader:
    """The rest of a pattern, from `index` on."""

    text: str
    vocabulary: Vocabulary
    index: int = 0

    @property
    def ahead(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.index : self.index + 1]

    def take(self) -> str:
        self.index += 1
        return self.text[self.index - 1 : self.index]

    def fault(self, what: str, advice: str, *, at: int | None = None) -> ConfigurationError:
        place = (self.index if at is None else at) + 1
        return ConfigurationError(
            f"words: pattern is {shorten(self.text)}; at position {place} {what}: {advice}", setting="pattern"
        )

    def choice(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self.fault(f"groups lie more than {DEEPEST} deep", "nest fewer")
        parts = [self._chain(depth)]
        while self.ahead == "|":
            self.take()
            parts.append(self._chain(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _chain(self, depth: int) -> Expression:
        parts: list[Expression] = []
        while self.ahead not in ("", "|", ")", "]", "}"):
            if self.ahead in ("+", "{"):
                if not parts:
                    raise self.fault(
                        f"the {self.ahead!r} repeats nothing", rf"put what it repeats before it, or write \{self.ahead}"
                    )
                parts.append(self._repeated(parts.pop()))
            else:
                parts.append(self._one(depth))
        return Chain(tuple(parts))

    def _repeated(self, part: Expression) -> Expression:
        if self.ahead == "+":
            self.take()
            return Repeat(part, 1, None)
        found = COUNTS.match(self.text, self.index)
        if found is None or not (found[1] or found[3]):
            raise self.fault(
                "the '{' begins no number of times", r"write {2}, {2,3}, {2,} or {,3}, or \{ for the character"
            )
        least, most = int(found[1] or 0), int(found[3]) if found[3] else None
        if not found[2]:
            most = least
        if most is not None and most < least:
            raise self.fault(f"the {found[0]} runs backwards", f"write {{{most},{least}}}")
        self.index = found.end()
        return Repeat(part, least, most)

    def _one(self, depth: int) -> Expression:
        match self.ahead:
            case "?":
                self.take()
                return any_letter(len(self.vocabulary))
            case "*":
                self.take()
                return anything(len(self.vocabulary))
            case "[":
                return self._class()
            case "(":
                return self._group(depth)
        at = self.index
        letter = self._letter()
        id = int(self.vocabulary.ids(letter)[0])
        if id < 0:
            place = f"at position {at + 1} of pattern {shorten(self.text)}"
            raise AlphabetError(f"{letter!r} {place} is not in the {self.vocabulary.quoted}")
        return Letters(np.arange(len(self.vocabulary)) == id)

    def _group(self, depth: int) -> Expression:
        opened = self.index
        self.take()
        inside = self.choice(depth + 1)
        if self.ahead != ")":
            raise self.fault("the '(' is never closed", r"add a ')', or write \( for the character itself", at=opened)
        self.take()
        return inside

    def _letter(self) -> str:
        if self.ahead == "\\":
            self.take()
            if not self.ahead:
                self.index -= 1
                raise self.fault(r"the '\' has nothing after it", r"write \\ for the character itself")
        return self.take()

    def _class(self) -> Letters:
        opened = self.index
        self.take()
        excluded = self.ahead == "^"
        if excluded:
            self.take()
        ranges = []
        while self.ahead != "]":
            if not self.ahead:
                raise self.fault(
                    "the '[' is never closed", r"add a ']', or write \[ for the character itself", at=opened
                )
            ranges.append(self._range())
        if not ranges:
            raise self.fault("the class is empty", r"write its characters, such as [aeiou], and \] for a ']' in it")
        self.take()
        named = np.any(list(starmap(self._between, ranges)), axis=0)
        allowed = ~named & (np.arange(len(named)) > 0) if excluded else named
        if not allowed.any():
            written = self.text[opened : self.index]
            raise AlphabetError(
                f"{written!r} at position {opened + 1} of pattern {shorten(self.text)} allows no character "
                f"of the {self.vocabulary.quoted}"
            )
        return Letters(allowed)

    def _range(self) -> tuple[str, str]:
        at = self.index
        first = self._letter()
        if self.ahead != "-" or self.text[self.index + 1 : self.index + 2] in ("", "]"):
            return first, first
        self.take()
        last = self._letter()
        if last < first:
            raise self.fault(f"the range {first}-{last} runs backwards", f"write {last}-{first}", at=at)
        return first, last

    def _between(self, first: str, last: str) -> Bool[np.ndarray, " vocab"]:
        points = self.vocabulary.points
        return np.concatenate([[False], (points >= ord(first)) & (points <= ord(last))])
