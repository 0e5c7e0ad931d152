"""The deep network of the third lecture."""


def test_losses_tables_and_names_are_the_printed_ones(reproduced):
    rows = reproduced("deep-network")
    assert sum(row.measure == "name" for row in rows) == 20
    assert sum("gradient" in row.measure for row in rows) == 5 + 3 * 7
