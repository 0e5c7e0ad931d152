"""A vocabulary as a tokenizer.json: every character is a token, and the boundary stands before a word."""

from collections.abc import Mapping
from typing import Any

from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import AlphabetError, DataError

TOKEN = "<|endoftext|>"
"""The boundary, by the name that GPT-2 has for its own."""

UNKNOWN = "<|unknown|>"
"""A token that is not in the vocabulary, so that other characters are refused rather than taken for something."""


def to_tokenizer(vocabulary: Vocabulary, *, lower: bool) -> dict[str, Any]:
    """Returns what tokenizer.json holds; with `lower` it puts words in lower case, as those trained on were."""
    composed = {"type": "NFC"}
    begin = {"SpecialToken": {"id": TOKEN, "type_id": 0}}
    words = [{"Sequence": {"id": name, "type_id": 0}} for name in "AB"]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": BOUNDARY,
                "content": TOKEN,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
        ],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Lowercase"}, composed]} if lower else composed,
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": r"[\s\S]"},
            "behavior": "Isolated",
            "invert": False,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [begin, words[0]],
            "pair": [begin, words[0], begin, words[1]],
            "special_tokens": {TOKEN: {"id": TOKEN, "ids": [BOUNDARY], "tokens": [TOKEN]}},
        },
        "decoder": {"type": "Fuse"},
        "model": {
            "type": "WordLevel",
            "vocab": {token: number for number, token in enumerate([TOKEN, *vocabulary.characters])},
            "unk_token": UNKNOWN,
        },
    }


def from_tokenizer(tokenizer: Mapping[str, Any]) -> tuple[Vocabulary, bool]:
    """Returns the vocabulary of a tokenizer.json, and whether it puts words in lower case.

    Raises DataError for one that does not divide words as moregrad does.
    """
    try:
        ids = dict(tokenizer["model"]["vocab"])
        lower = "Lowercase" in str(tokenizer["normalizer"])
        tokens = sorted(ids, key=ids.__getitem__)
        if tokenizer["model"]["type"] != "WordLevel" or sorted(ids.values()) != list(range(len(ids))):
            raise DataError("its tokenizer.json is of words or parts of words; moregrad's has a token a character")
        if tokens[BOUNDARY] != TOKEN or any(len(token) != 1 for token in tokens[1:]):
            raise DataError(f"its tokenizer.json has other tokens than {TOKEN} and characters")
        return Vocabulary("".join(tokens[1:])), lower
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, AlphabetError) as error:
        raise DataError(f"its tokenizer.json is not as moregrad writes it: {error!s:.80}") from error
