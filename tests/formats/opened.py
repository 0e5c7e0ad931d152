"""Pages of runs, opened in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moregrad.formats.page import write_page
from moregrad.runs import Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., Any]

SAID = "[role=status]:not(.hidden)"
"""Where the part that makes words says how many it made."""


@contextmanager
def opened(browser: "Browser", run: Run, folder: Path, *, half: bool = False, **context: Any) -> "Iterator[Page]":
    """Writes the page of `run` and opens it as a double click does; whatever goes wrong in it is an error here."""
    path = folder / "page.html"
    write_page(run, path, half=half)
    faults: list[str] = []
    requests: list[str] = []
    with browser.new_context(offline=True, **context) as surroundings:
        page = surroundings.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
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
