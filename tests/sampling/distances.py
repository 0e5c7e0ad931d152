"""The distance of two words by the plain table."""


def distance(one: str, other: str) -> int:
    """The fewest insertions, deletions and replacements that make `other` of `one` (Wagner and Fischer 1974)."""
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        after = [count]
        for index, aim in enumerate(other):
            after.append(min(row[index + 1] + 1, after[-1] + 1, row[index] + (letter != aim)))
        row = after
    return row[-1]
