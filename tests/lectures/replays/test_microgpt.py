"""microgpt's run."""


def test_losses_and_names_are_the_printed_ones(reproduced):
    rows = reproduced("microgpt")
    assert len(rows) == 1021
    assert rows[-1].obtained == "anton"
