"""A forked process does not hang."""

import subprocess
import sys
from pathlib import Path

import pytest

WORDS = ["emma", "ava", "mia", "olivia", "anna", "lea", "lina", "nora", "ella", "ida"]
SCRIPT = f"""
import os, warnings, signal, sys
warnings.simplefilter("ignore")
import moregrad
from moregrad.errors import MoregradError
words, folder = {WORDS!r}, sys.argv[1]
def train():
    return moregrad.train(words, "bigram", steps=2, eval_every=1)
def in_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            work()
            print("done", flush=True)
        except MoregradError as error:
            print(error, flush=True)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]
"""


def output(script: str, folder: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", SCRIPT + script, str(folder)], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="only POSIX forks")
def test_a_process_forked_after_a_model_was_used_is_refused_in_whatever_it_asks_for(tmp_path: Path):
    script = """
run = train()
moregrad.save(run, folder)
works = [train, lambda: run.sample(1), lambda: run.score(words), run.evaluate, lambda: moregrad.load(folder)]
works.append(lambda: moregrad.resume(folder))
assert [in_child(work) for work in works] == [0] * 6
print(len(run.score(words)))
"""
    *refusals, scored = output(script, tmp_path / "run")
    assert len(refusals) == 6
    assert all('get_context("spawn")' in line for line in refusals)
    assert scored == str(len(WORDS))


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="only POSIX forks")
def test_a_process_forked_before_the_first_use_works(tmp_path: Path):
    assert output("assert in_child(train) == 0", tmp_path) == ["done"]
