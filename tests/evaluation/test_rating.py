"""Ratings as plain data."""

from moregrad.evaluation.rating import NovelScore, Rating


def test_a_rating_as_plain_data_has_every_column():
    assert Rating("ab", 3.0, 1.0, "new", 40.0).to_dict() == {
        **{"word": "ab", "nats": 3.0, "nats_per_character": 1.0},
        **{"where": "new", "percentile": 40.0, "problem": None},
    }
    assert NovelScore("ab", problem="why").to_dict() == {"word": "ab", "nats": None, "problem": "why"}
