"""Exercises of lesson 3: a list of names."""

from collections import Counter
from typing import Any

from moregrad.lessons.exercise import exercise

WORDS = ["mia", "emma", "ava", "mia", "jo", "isabella", "ava", "mia"]
DIRTY = [
    ["ava", "emma", "ava"],
    ["emma", "EMMA", "Jo"],
    [" mia", "jo ", "mia"],
    ["o'neil", "Zoë", "ava", "a b"],
    ["emma", "", "jo", " "],
]


def _is_plain(word: str) -> bool:
    return all("a" <= letter <= "z" for letter in word)


def _with_order(_: tuple[Any, ...], counts: Any) -> Any:
    """Adds the order of the keys, which dictionaries with the same items may differ in."""
    return {**counts, "in the order": list(counts)} if isinstance(counts, dict) else counts


@exercise(
    trials=lambda: [(["jo", "mia", "mia"],), (WORDS,), (["emma", "jo", "al", "mia"],)],
    outcome=_with_order,
    hints=[
        "Counter counts whatever you give it: here len(word) for each word.",
        "sorted(counts.items()) is in the order of length, and dict makes a dictionary of it.",
    ],
)
def count_lengths(words):
    """Return a dictionary from each length that occurs to the number of words with it, in the order of length."""
    return dict(sorted(Counter(len(word) for word in words).items()))


@count_lengths.mistake("The lengths are in the order in which they first occur, not from short to long.")
def _(words):
    return dict(Counter(len(word) for word in words))


@count_lengths.mistake("The most common length comes first; the order asked for is from short to long.")
def _(words):
    return dict(Counter(len(word) for word in words).most_common())


@count_lengths.mistake("You counted each different word once. A word that is on the list twice counts twice.")
def _(words):
    return dict(sorted(Counter(len(word) for word in set(words)).items()))


@count_lengths.mistake("Lengths that do not occur are in it, with 0 words. Leave them out.")
def _(words):
    lengths = [len(word) for word in words]
    return {length: lengths.count(length) for length in range(1, max(lengths) + 1)}


@count_lengths.mistake("This is each word with its length. Count how many words share a length.")
def _(words):
    return {word: len(word) for word in words}


@exercise(
    trials=lambda: [(WORDS,), (["jo", "al"],), (["al", "jo", "al", "al"],)],
    hints=["Counter(words) counts each word.", "How many of its values are above 1?"],
)
def count_repeated(words):
    """Return how many different words are on the list more than once."""
    return sum(times > 1 for times in Counter(words).values())


@count_repeated.mistake(
    "This is the number of copies beyond the first. A word that is on the list three times adds 2 to it, "
    "but is one word."
)
def _(words):
    return len(words) - len(set(words))


@count_repeated.mistake("You counted all copies. Each repeated word counts once.")
def _(words):
    return sum(times for times in Counter(words).values() if times > 1)


@count_repeated.mistake("These are the words that occur exactly twice; three times is more than once too.")
def _(words):
    return sum(times == 2 for times in Counter(words).values())


@count_repeated.mistake("This is the number of different words, repeated or not.")
def _(words):
    return len(set(words))


@count_repeated.mistake("These are the words that occur once; count the others.")
def _(words):
    return sum(times == 1 for times in Counter(words).values())


@exercise(
    trials=lambda: [*((words,) for words in DIRTY), (["Bo", "ann ", "BO", "jean-luc", "Ann"],)],
    hints=[
        "First strip() and lower() each word, then ask whether all its characters are among a to z.",
        "dict.fromkeys(words) keeps the first of each and their order. An empty word has no letters at all.",
    ],
)
def clean(words):
    """Return the words of the letters a to z: stripped of spaces, in lower case, each once, in order."""
    tidy = [word.strip().lower() for word in words]
    return list(dict.fromkeys(word for word in tidy if word and all("a" <= letter <= "z" for letter in word)))


@clean.mistake("The empty word is left. It holds no wrong letter, but no letter either.")
def _(words):
    tidy = [word.strip().lower() for word in words]
    return list(dict.fromkeys(word for word in tidy if _is_plain(word)))


@clean.mistake("isalpha is true for letters of every alphabet, ë among them. Compare with the letters a to z.")
def _(words):
    tidy = [word.strip().lower() for word in words]
    return list(dict.fromkeys(word for word in tidy if word.isalpha()))


@clean.mistake("The order is that of the alphabet. Keep the order in which the words come.")
def _(words):
    tidy = [word.strip().lower() for word in words]
    return sorted({word for word in tidy if word and _is_plain(word)})


@clean.mistake(
    "Repeats are left: mia with a space and Mia become the same word only when cleaned. Remove repeats last."
)
def _(words):
    tidy = [word.strip().lower() for word in dict.fromkeys(words)]
    return [word for word in tidy if word and _is_plain(word)]


@clean.mistake("Words with capitals were left out. Put each word in lower case before you look at its letters.")
def _(words):
    tidy = [word.strip() for word in words]
    return list(dict.fromkeys(word for word in tidy if word and _is_plain(word)))


@clean.mistake("Words with spaces around them were left out. Strip each word before you look at its letters.")
def _(words):
    tidy = [word.lower() for word in words]
    return list(dict.fromkeys(word for word in tidy if word and _is_plain(word)))


@clean.mistake("You took the wrong characters out of words, which makes words that nobody wrote. Leave such words out.")
def _(words):
    tidy = ["".join(letter for letter in word.lower() if _is_plain(letter)) for word in words]
    return list(dict.fromkeys(filter(None, tidy)))


@exercise(
    trials=lambda: [(["ab", "ca"], ".abc"), (["b"], ".abc"), (["да", "не"], ".аден")],
    hints=[
        'Write the words as one text first: "." between them, before the first and after the last.',
        "characters.index(character) is the token of a character.",
    ],
)
def encode(words, characters):
    """Return the tokens of all words, with the boundary 0 before each word and after the last."""
    text = "." + "".join(word + "." for word in words)
    return [characters.index(character) for character in text]


@encode.mistake("The boundary after the last word is missing.")
def _(words, characters):
    return [characters.index(character) for character in "".join("." + word for word in words)]


@encode.mistake("The boundary before the first word is missing.")
def _(words, characters):
    return [characters.index(character) for character in "".join(word + "." for word in words)]


@encode.mistake("There are two boundaries between words. The end of one word is the start of the next: one is enough.")
def _(words, characters):
    return [characters.index(character) for character in "".join(f".{word}." for word in words)]


@encode.mistake("The boundaries are missing: without them nothing tells where a word ends.")
def _(words, characters):
    return [characters.index(character) for character in "".join(words)]


@encode.mistake("Each word is a list of its own. Put all tokens into one list, with one boundary between words.")
def _(words, characters):
    return [[characters.index(character) for character in f".{word}."] for word in words]


@encode.mistake("The boundaries between the words are missing; there must be one after each word.")
def _(words, characters):
    return [0, *(characters.index(character) for character in "".join(words)), 0]


@encode.mistake("This counts from a in the Latin alphabet. The token is the place of the character in `characters`.")
def _(words, characters):
    text = "." + "".join(word + "." for word in words)
    return [0 if character == "." else ord(character) - 96 for character in text]


@encode.mistake("The tokens are off by one: the boundary is 0, so the first letter is 1.")
def _(words, characters):
    text = "." + "".join(word + "." for word in words)
    return [max(characters.index(character) - 1, 0) for character in text]


@exercise(
    trials=lambda: [
        (["mia", "emma", "ava", "jo"], ["mia", "al", "zoe", "emma", "kim"]),
        (["mia", "mia", "mia", "jo"], ["mia", "al", "mia"]),
        (["mia"], ["emma"]),
    ],
    hints=["Which of the validation words are in train? Count them, repeats included.", "Divide by len(validation)."],
)
def leak(train, validation):
    """Return the share of the words of validation that are in train."""
    known = set(train)
    return sum(word in known for word in validation) / len(validation)


@leak.mistake("You divided by the number of train words. The share asked for is that of the validation words.")
def _(train, validation):
    return sum(word in set(train) for word in validation) / len(train)


@leak.mistake("This is their number. The share is that, divided by the number of validation words.")
def _(train, validation):
    return sum(word in set(train) for word in validation)


@leak.mistake("This is the share of train words that are in validation; the share asked for is the other one.")
def _(train, validation):
    return sum(word in set(validation) for word in train) / len(train)


@leak.mistake("You counted different words. A validation word that occurs twice is scored twice.")
def _(train, validation):
    return len(set(train) & set(validation)) / len(set(validation))


@leak.mistake("You counted different words but divided by all. A validation word that occurs twice counts twice.")
def _(train, validation):
    return len(set(train) & set(validation)) / len(validation)
