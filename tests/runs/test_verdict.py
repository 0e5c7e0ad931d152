"""The verdict as data and as text."""

import json

from moregrad.evaluation.shapes import Shapes
from moregrad.runs.verdict import Advice, Verdict

VERDICT = Verdict(
    kept=60,
    steps=600,
    rise=0.5,
    overfits=True,
    gap=1.0,
    passes=60.0,
    part=1.0,
    temperature=0.7,
    listed=Shapes(118, {"a capital inside": 0.0}),
    made=Shapes(700, {"a capital inside": 0.007}),
    sentences=("One.", "Two."),
    advice=(Advice("moregrad sample RUN --temperature 0.7", "why"),),
)


def test_it_is_read_as_sentences():
    assert str(VERDICT) == "One.\nTwo."


def test_it_is_plain_data():
    written = json.loads(json.dumps(VERDICT.to_dict(), allow_nan=False))
    assert written["sentences"] == ["One.", "Two."]
    assert written["advice"] == [{"try_next": "moregrad sample RUN --temperature 0.7", "reason": "why"}]
    assert written["made"] == {"words": 700, "shares": {"a capital inside": 0.007}}
