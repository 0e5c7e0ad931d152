"""The address of the repository."""

from pathlib import Path

import moregrad
from moregrad.lessons.repository import REPOSITORY, colab


def test_colab_opens_the_notebook_of_the_documentation():
    assert colab("01-derivatives").endswith(f"/{REPOSITORY}/blob/gh-pages/lessons/01-derivatives.ipynb")


def test_the_address_stands_in_one_place():
    sources = Path(moregrad.__file__).parent
    files = [path for pattern in ("*.py", "*.md") for path in sources.rglob(pattern)]
    assert [path.name for path in files if REPOSITORY in path.read_text("utf-8")] == ["repository.py"]
