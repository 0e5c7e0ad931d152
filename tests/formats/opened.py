"""Pages of runs, opened in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moregrad.formats.page import write_page
from moregrad.runs import Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

SAID = "[role=status]:not(.hidden)"
"""The element in which the part that makes words says how many it made."""


def written(run: Run, folder: Path, *, half: bool = False) -> Path:
    """Writes the page of `run` into `folder`."""
    write_page(run, folder / "page.html", half=half)
    return folder / "page.html"


@contextmanager
def opened(browser: "Browser", path: Path, **context: Any) -> "Iterator[Page]":
    """Opens a page as a double click does; whatever goes wrong in it, and whatever it asks for, is an error here."""
    faults: list[str] = []
    requests: list[str] = []

    def note_dialog(dialog: "Dialog") -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    with browser.new_context(offline=True, **context) as surroundings:
        page = surroundings.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", note_dialog)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function("window.moregrad !== undefined")
        page.locator(SAID).filter(has_text=".").wait_for()
        yield page
    assert faults == []
    assert requests == [path.as_uri()]


def ask(page: "Page", method: str, *arguments: Any) -> Any:
    """Asks the source of a page."""
    return page.evaluate("([method, rest]) => window.moregrad[method](...rest)", [method, list(arguments)])
