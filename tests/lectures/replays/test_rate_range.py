"""The range test of the second lecture."""


def test_the_minimum_is_where_the_lecture_reads_it(reproduced):
    rows = {row.what: row.obtained for row in reproduced("range-test")}
    assert rows["exponent, steepest"] < rows["exponent, the minimum"]
    assert rows["exponent, a tenth of the minimum"] == rows["exponent, the minimum"] - 1
