"""Processes that share a journal."""

import subprocess
import sys
from pathlib import Path

import pytest

from moregrad.errors import StorageError
from moregrad.searches.workers import JournalLock, Workers, free_journal, is_journal

WORK = """
import sys, time
from pathlib import Path
from moregrad.searches.workers import Workers
workers = Workers(Path(sys.argv[1]))
workers.enter(7)
print("at work", flush=True)
time.sleep(60)
"""


def test_a_worker_is_alive_until_its_process_is_killed(tmp_path: Path):
    journal = tmp_path / "journal"
    with subprocess.Popen([sys.executable, "-c", WORK, str(journal)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "at work\n"
            workers = Workers(journal)
            workers.enter(8)
            assert [workers.is_alive(7), workers.is_alive(8), workers.is_alive(9)] == [True, True, False]
            assert workers.others() == [7]
        finally:
            process.kill()
        process.wait(30)
    assert not workers.is_alive(7)
    assert workers.others() == []
    workers.leave()
    assert list(tmp_path.iterdir()) == []


def test_a_line_left_half_written_is_removed(tmp_path: Path):
    journal = tmp_path / "journal"
    journal.write_text('{"op_code":0}\n{"op_co')
    with JournalLock(journal) as lock:
        assert journal.read_text() == '{"op_code":0}\n'
        lock.acquire()
        lock.release()


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path):
    words = tmp_path / "names.txt"
    words.write_text("ada\nbea")
    with JournalLock(words):
        assert words.read_text() == "ada\nbea"
    assert not is_journal(words)
    assert is_journal(tmp_path / "new")


def test_searches_without_a_file_get_one_each(tmp_path: Path):
    names = [free_journal("gru", "my list.txt", tmp_path / "searches").name for _ in range(2)]
    assert names == ["gru-my-list-txt-1.journal", "gru-my-list-txt-2.journal"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "searches").touch()
    with pytest.raises(StorageError, match="name a file with --storage"):
        free_journal("gru", "list", tmp_path / "searches")
