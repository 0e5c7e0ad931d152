"""The claims of docs/parity.md are found where it says: tests by their names, commands, parts of lessons."""

import re
from pathlib import Path

import pytest

from moregrad.cli import app

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "parity.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
LINKS = sorted(set(re.findall(r"\[(.+?)\]\((.+?)\)", PAGE)))


def test_every_row_has_its_number_and_a_link():
    numbered = [row for row in ROWS if re.match(r"\| \d+ \|", row)]
    assert [int(row.split("|")[1]) for row in numbered] == list(range(1, 67))
    headings = [row for row in ROWS if "](" not in row]
    assert all("shown by" in row for row in headings), headings


@pytest.mark.parametrize(("text", "target"), LINKS)
def test_a_link_leads_to_what_it_names(text: str, target: str):
    file = DOCS / target
    assert file.is_file()
    content = file.read_text(encoding="utf-8")
    if file.name.startswith("test_"):
        name = re.sub(r"\W", "_", text)
        assert f"def test_{name}(" in content
    elif file.parent.name == "sources":
        assert f"# {text}\n" in content
    elif text.startswith("`moregrad "):
        app[text.strip("`").split()[1]]
        assert file.parent.name == "cli"
