"""Facts on disk that are taken back only as they were written."""

from moregrad.data.sealed import digest_file, read_sealed, write_sealed


def test_facts_are_read_as_they_were_written_or_not_at_all(tmp_path):
    path = tmp_path / "facts.json"
    assert (read_sealed(path), digest_file(path)) == (None, None)
    write_sealed(path, {"words": 3, "name": "Zoë"})
    assert read_sealed(path) == {"words": 3, "name": "Zoë"}
    content = path.read_bytes()
    before = digest_file(path)
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert read_sealed(path) is None
        assert digest_file(path) != before
    path.write_bytes(content[:-1])
    assert read_sealed(path) is None
