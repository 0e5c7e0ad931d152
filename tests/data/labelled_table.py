"""A small table of words with labels: two kinds that differ, and words that both have."""

from pathlib import Path

KINDS = {
    "soft": [a + b + c for a in "lmn" for b in "aei" for c in ("la", "na")],
    "hard": [a + b + c for a in "ktp" for b in "aou" for c in ("kt", "rk")],
}
BOTH = ["lala", "kakt", "rata"]
ROWS = [(word, kind) for kind, words in KINDS.items() for word in words]
ROWS += [(word, kind) for word in BOTH for kind in KINDS if (word, kind) not in ROWS]


def write_table(path: Path) -> Path:
    """Writes the table as comma-separated values, and returns its path."""
    path.write_text("word,kind\n" + "".join(f"{word},{kind}\n" for word, kind in ROWS))
    return path
