"""A run as one page for the browser: a file that makes and judges words without a server, a network or a dependency."""

import hashlib
import json
import re
from base64 import b64encode
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from moregrad.atomic import write_bytes
from moregrad.formats.facts import describe
from moregrad.formats.filter import Filter
from moregrad.formats.javascript import to_javascript
from moregrad.runs.run import Run

FOLDER = files("moregrad.formats") / "page"
PLACE = re.compile(r"\{\{(\w+)\}\}")
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def write_page(run: Run, path: str | Path, *, half: bool = True) -> None:
    """Writes `run` as a page to `path`; the weights are float16 with `half`, else float32.

    On the page of a run with labels one of them may be chosen; give `run.given(label)` for a page of one alone.
    Raises ModelError if the model does what cannot be translated to JavaScript, OSError if the file cannot be written.
    """
    write_bytes(path, make_page(run, half=half).encode())


def make_page(run: Run, *, half: bool = True) -> str:
    """Returns the page that `write_page` writes."""
    plain = run.given()
    listed = Filter.of(plain.splits.values())
    function, weights = to_javascript(plain.model, len(plain.vocabulary), half=half)
    facts = {**describe(run), "filter": {"hashes": listed.hashes, "error": listed.error}}
    style, script = read("page.css"), f'"use strict";\nconst createModel = {function};\n{bundle("page")}'
    name, words = facts["list"]["name"], sum(run.record.words.values())
    parts = {
        "policy": _policy(script, style),
        "version": escape(version("moregrad")),
        "title": escape(f"Words like those of {name}"),
        "heading": f"Words like those of <bdi>{escape(name)}</bdi>",
        "introduction": f"A model has learned {words:,} words letter by letter. It is inside this page: it makes new "
        "words and tells how plausible any word is.",
        "style": style,
        "facts": to_json(facts),
        "weights": b64encode(weights).decode(),
        "filter": b64encode(listed.bits).decode(),
        "script": script,
    }
    # One pass, so that nothing that is put in is taken for a place again.
    return PLACE.sub(lambda place: parts[place[1]], read("page.html"))


def read(name: str) -> str:
    """Returns a file of the front end."""
    return (FOLDER / name).read_text("utf-8")


def to_json(facts: Any) -> str:
    """Returns JSON that can stand inside a script element: no text in it ends the element or begins a comment."""
    text = json.dumps(facts, ensure_ascii=False, allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def bundle(entry: str) -> str:
    """Returns the module `entry` of the front end and those that it imports as one script, each in its own scope."""
    modules: dict[str, str] = {}

    def add(name: str) -> None:
        source = read(f"{name}.js")
        for _, needed in IMPORT.findall(source):
            if needed not in modules:
                add(needed)
        body = EXPORT.sub("", IMPORT.sub(r"const \1 = $\2;", source))
        modules[name] = f"const ${name} = (() => {{\n{body}return {{ {', '.join(EXPORT.findall(source))} }};\n}})();\n"

    add(entry)
    return "".join(modules.values())


def _policy(script: str, style: str) -> str:
    """Returns a policy by which the browser runs what is in the page, and lets it ask no other machine for anything."""
    ours, looks = (f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (script, style))
    return f"default-src 'none'; script-src {ours}; style-src {looks}; base-uri 'none'; form-action 'none'"
