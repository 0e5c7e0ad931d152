"""Parts and what is known of them."""

from moregrad.parts.part import Done, Part


def test_files_sort_as_their_numbers_do():
    assert sorted(Part(number, 1).file for number in (10, 9, 100_000)) == [
        "part-000009.parquet",
        "part-000010.parquet",
        "part-100000.parquet",
    ]


def test_a_part_that_is_done_is_plain_data():
    assert Done(1, 2, 3, "why").to_dict() == {"number": 1, "rows": 2, "problems": 3, "shortage": "why"}
