"""The header of a run as text, and what is no header."""

import json
from typing import Any

import pytest

import moregrad
from moregrad.errors import StorageError
from moregrad.runs.header import Header, parse


@pytest.fixture
def header(run: moregrad.Run) -> Header:
    return Header.of(run, "0" * 64)


def test_a_header_comes_back_from_its_text(run: moregrad.Run, header: Header):
    again = Header.from_dict(parse(header.to_json(), "a file"))
    assert again == header
    assert again.build_architecture() == run.architecture
    assert again.build_recipe() == run.recipe
    assert again.build_vocabulary() == run.vocabulary


def build(fields: dict[str, Any]) -> None:
    """Builds all that a header describes."""
    header = Header.from_dict(fields)
    header.build_architecture()
    header.build_recipe()
    header.build_vocabulary()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("architecture", [], "architecture"),
        ("architecture", {}, "describes no model: .*`name`"),
        ("architecture", {"name": 3}, "describes no model"),
        ("architecture", {"name": "mlp", "hidden": "8"}, "hidden is '8'"),
        ("architecture", {"name": "mlp", "nothing": 8}, "no setting 'nothing'"),
        ("architecture", {"name": "mixture", "members": {}}, "describes no model"),
        (
            "architecture",
            {"name": "mixture", "members": [{"name": "unheard"}, {"name": "mlp"}]},
            "import the module that",
        ),
        ("architecture", {"name": "unheard"}, "import moregrad.models[.a-z]* first"),
        ("recipe", None, "recipe"),
        ("recipe", {"steps": -1}, "describes no training: .*steps is -1"),
        ("recipe", {"step": 1}, "describes no training: .*no setting 'step'"),
        ("recipe", {"steps": 5}, "at step 20 of 5"),
        ("vocabulary", "", "vocabulary is empty"),
        ("vocabulary", "ba", "in code point order"),
        ("vocabulary", "a\ud800", "surrogate"),
        ("vocabulary", ["a"], "vocabulary"),
        ("step", -1, "step"),
        ("step", 2**31, "step"),
        ("step", "20", "step"),
        ("step", True, "step"),
        ("words", 5, "words"),
        ("record", {}, "record"),
        ("record", None, "form"),
    ],
)
def test_what_is_no_header_says_why(header: Header, field: str, value: Any, told: str):
    with pytest.raises(StorageError, match=told):
        build({**json.loads(header.to_json()), field: value})


@pytest.mark.parametrize("path", [("words",), ("cleaning", "read"), ("leakage", "test"), ("losses", "test", "all")])
@pytest.mark.parametrize("value", ["many", [], None, {"a": 1.5}])
def test_facts_of_another_form_are_refused(header: Header, path: tuple[str, ...], value: Any):
    fields = json.loads(header.to_json())
    inner = fields["record"]
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(StorageError, match="the record in its header is not of the right form"):
        Header.from_dict(fields)


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 100_000, '{"a": NaN}', "\ufffd"])
def test_text_that_is_no_object_is_refused(text: str):
    with pytest.raises(StorageError, match=r"its run.json is damaged"):
        parse(text, "run.json")
