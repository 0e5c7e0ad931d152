"""What a folder of parts says of itself."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from moregrad.errors import StorageError
from moregrad.parts.manifest import Manifest, check_manifest, write_manifest
from moregrad.parts.part import Done, Part

FACTS: dict[str, Any] = {
    "command": "score",
    "run": {"folder": "/runs/a", "sha256": "aa"},
    "settings": {"novel": False, "column": "name"},
    "lists": [{"path": "/lists/a.parquet", "sha256": "bb", "rows": 5}],
}
PARTS = (Part(0, 3, 0, 0), Part(1, 2, 0, 3))


def changed(**facts: Any) -> dict[str, Any]:
    return {**FACTS, **facts}


def test_work_is_the_same_wherever_its_run_and_lists_are():
    moved = changed(run={"folder": "/b", "sha256": "aa"}, lists=[{"path": "/c", "sha256": "bb", "rows": 5}])
    assert Manifest(moved, PARTS).digest == Manifest(FACTS, PARTS).digest
    for other in (changed(run={"folder": "/runs/a", "sha256": "ab"}), changed(settings={}), changed(lists=[])):
        assert Manifest(other, PARTS).digest != Manifest(FACTS, PARTS).digest


def test_the_manifest_names_each_part_its_rows_its_list_and_the_run(tmp_path: Path):
    manifest = Manifest(FACTS, PARTS, {0: Done(0, 3, 1), 1: Done(1, 2, shortage="no more")})
    assert (manifest.rows, manifest.problems, manifest.shortages) == (5, 1, ["no more"])
    write_manifest(manifest, tmp_path)
    written = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert (written["complete"], written["rows"], written["run"]["sha256"]) == (True, 5, "aa")
    assert written["parts"][1] == {
        "file": "part-000001.parquet",
        "list": "/lists/a.parquet",
        "start": 3,
        "number": 1,
        "rows": 2,
        "problems": 0,
        "shortage": "no more",
    }


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (changed(command="sample"), "by `moregrad score`"),
        (changed(run={"folder": "/runs/a", "sha256": "ab"}), "with another run, or with this one before it changed"),
        (changed(settings={"novel": True, "column": "name"}), "with novel False, not True"),
        (changed(lists=FACTS["lists"] * 2), "with another number of lists, 1, not 2"),
        (
            changed(lists=[{"path": "/lists/a.parquet", "sha256": "bc", "rows": 5}]),
            "when /lists/a.parquet held something else",
        ),
    ],
)
def test_other_work_is_refused_in_one_line(tmp_path: Path, facts: dict[str, Any], told: str):
    write_manifest(Manifest(FACTS, PARTS), tmp_path)
    check_manifest(FACTS, tmp_path)
    with pytest.raises(StorageError) as caught:
        check_manifest(facts, tmp_path)
    assert str(caught.value) == f"{tmp_path} was begun {told}; name a new folder, or begin anew with --restart"


def test_work_that_another_version_began_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_manifest(Manifest(FACTS, PARTS), tmp_path)
    now, before = version("moregrad"), Manifest(FACTS, PARTS).digest
    monkeypatch.setattr("moregrad.parts.manifest.version", lambda name: "99.0")
    assert Manifest(FACTS, PARTS).digest != before
    with pytest.raises(StorageError, match=f"was begun by moregrad {now}, and this is 99.0; name a new folder"):
        check_manifest(FACTS, tmp_path)


def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path):
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(StorageError, match="cannot be read: Is a directory"):
        check_manifest(FACTS, tmp_path)
    (tmp_path / "manifest.json").rmdir()
    for content in (b"{", b"[]", b"{}", b"\xff"):
        (tmp_path / "manifest.json").write_bytes(content)
        with pytest.raises(StorageError, match=r"manifest\.json is damaged or of something else; name a new"):
            check_manifest(FACTS, tmp_path)
