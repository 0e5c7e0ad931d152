"""The lectures' split."""


def test_the_parts_have_the_published_names_and_predictions(reproduced):
    assert len(reproduced("lecture-split")) == 15
