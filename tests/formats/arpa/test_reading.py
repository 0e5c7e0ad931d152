"""ARPA files read back, written by others, and damaged."""

from pathlib import Path

import numpy as np
import pytest
from runs.prepared import prepared

from formats.arpa.test_writing import SETTINGS
from formats.arpa.witness import Witness
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import DataError
from moregrad.formats.arpa.reading import read_arpa
from moregrad.formats.arpa.writing import write_arpa
from moregrad.models.ngram import NGramModel

FOREIGN = """
\\data\\
ngram 1=6
ngram 2=5
ngram 3=2

\\1-grams:
-0.69897\t<unk>\t0
0\t<s>\t-0.30103
-0.39794\t</s>\t0
-0.69897\ta\t-0.69897
-1\tb\t-0.1549020
-1\t<U+0020>\t0

\\2-grams:
-0.30103\t<s> a\t0
-0.8239087\t<s> b\t-0.09691
-0.1079054\ta </s>
-0.9208188\ta b
-0.3565473\tb a\t0

\\3-grams:
-0.3448616\t<s> b a
-0.8068754\t<s> b b

\\end\\
"""


def model_of(text: str, tmp_path: Path) -> tuple[NGramModel, str]:
    path = tmp_path / "foreign.arpa"
    path.write_text(text, encoding="utf-8")
    found = read_arpa(path)
    assert isinstance(found.model, NGramModel)
    assert found.vocabulary is not None
    return found.model, found.vocabulary.characters


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_what_was_written_is_read_back(settings: dict, tmp_path: Path):
    run = prepared("ngram", **settings)
    write_arpa(run, tmp_path / "names.arpa")
    found = read_arpa(tmp_path / "names.arpa")
    assert found.vocabulary == run.vocabulary
    assert isinstance(found.model, NGramModel)
    for words in run.splits.values():
        expected = run.model.log_probabilities(words)  # pyright: ignore[reportAttributeAccessIssue]
        np.testing.assert_allclose(found.model.log_probabilities(words), expected, atol=1e-5)


def test_an_n_gram_that_only_longer_ones_imply_changes_nothing(tmp_path: Path):
    """The file above has `<s> b b` and no `b b`, as pruned models do."""
    model, characters = model_of(FOREIGN, tmp_path)
    assert characters == " ab"
    witness = Witness(FOREIGN)
    for word in ("a", "b", "ab", "ba", "bb", "bba", "a b", "baab"):
        tokens = ["<U+0020>" if character == " " else character for character in word]
        path = ("<s>", *tokens, "</s>")
        # Unknown tokens have their share given to the four known ones.
        expected = [
            10 ** witness.log10(path[:at], path[at]) + 10 ** witness.log10(path[:at], "<unk>") / 4
            for at in range(1, len(path))
        ]
        ids = [0, *(" ab".index(character) + 1 for character in word), 0]
        found = model.log_probabilities(EncodedWords(np.array(ids, np.uint8)))
        np.testing.assert_allclose(np.exp(found), expected, rtol=1e-4)


DAMAGE = {
    "another file": (FOREIGN, "emma\nolivia\n", r"does not begin with"),
    "no beginning": ("\\data\\", "\\dada\\", r"does not begin with"),
    "no end": ("\\end\\", "", r"cut off"),
    "fewer than it says": ("-1\tb\t-0.1549020\n", "", "has 5 n-grams of 1 tokens and says 6"),
    "no section": ("\\3-grams:", "\\4-grams:", "n-grams of 3 tokens should begin"),
    "no number": ("-0.69897\ta\t", "x\ta\t", "no n-gram"),
    "not a number": ("-0.69897\ta\t", "nan\ta\t", "no n-gram"),
    "above one": ("-0.69897\ta\t", "0.3\ta\t", "no n-gram"),
    "twice": ("-1\tb\t-0.1549020", "-1\ta\t-0.1549020", "there twice"),
    "too few tokens": ("<s> b b", "<s> b", "no n-gram of 3 tokens"),
    "a boundary inside": ("<s> b b", "b <s> b", "where it cannot be"),
    "an end inside": ("<s> b b", "<s> </s> b", "where it cannot be"),
    "an unknown token": ("<s> b b", "<s> b z", "where it cannot be"),
    "words": ("-1\t<U+0020>", "-1\tthe", "n-grams of characters"),
    "no end of words": ("\t</s>\t0", "\tz\t0", "no word ends"),
    "counts in disorder": ("ngram 2=5", "ngram 3=5", "counts of n-grams"),
    "shares that do not add up": ("-1\t<U+0020>\t0", "-2\t<U+0020>\t0", "add up to one"),
    "a weight that does not fit": ("a\t-0.69897", "a\t-0.2", "add up to one"),
}


@pytest.mark.parametrize(("before", "after", "said"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_refused_and_the_reason_told(before: str, after: str, said: str, tmp_path: Path):
    assert before in FOREIGN
    with pytest.raises(DataError, match=said):
        model_of(FOREIGN.replace(before, after, 1), tmp_path)


def test_a_model_that_backs_off_to_more_than_it_gives_is_refused(tmp_path: Path):
    text = (
        "\\data\\\nngram 1=4\nngram 2=1\n\\1-grams:\n-99\t<s>\t0.17609126\n-0.30103\t</s>\n-0.60206\ta\n-0.60206\tb\n"
    )
    with pytest.raises(DataError, match="interpolated models"):
        model_of(text + "\\2-grams:\n-0.60206\t<s> </s>\n\\end\\\n", tmp_path)


def test_bytes_that_are_no_text_and_orders_that_are_too_high_are_refused(tmp_path: Path):
    path = tmp_path / "foreign.arpa"
    path.write_bytes(FOREIGN.encode().replace(b"\tb\t", b"\t\xff\t"))
    with pytest.raises(DataError, match="no n-gram"):
        read_arpa(path)
    counts = "".join(f"ngram {length}=1\n" for length in range(1, 12))
    with pytest.raises(DataError, match="up to 11 tokens; moregrad reads 1 to 10"):
        model_of(f"\\data\\\n{counts}", tmp_path)
