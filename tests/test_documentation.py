"""The documentation: what its pages name exists, and nothing public is missing from them."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from test_structure import PACKAGES

DOCS = Path(__file__).parents[1] / "docs"
API = (DOCS / "api.md").read_text("utf-8")
ROOMS = re.findall(r"automodule:: ([\w.]+)", API)


def test_every_package_has_its_place_in_the_reference():
    assert set(PACKAGES) <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_the_reference_names_what_exists(room: str):
    assert import_module(room).__doc__


def test_every_page_of_facts_is_in_the_table_of_contents():
    contents = (DOCS / "index.md").read_text("utf-8").split()
    assert {path.stem for path in DOCS.glob("*.md")} - {"index"} <= set(contents)
