"""Names from counts, in three builds of torch."""


def test_one_seed_gives_three_lists_of_names(reproduced):
    rows = reproduced("torch-names")
    assert [row.obtained for row in rows[::5]] == ["mor", "cexze", "junide"]
