"""The browser that tests of pages drive: the system's Chromium."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# Not for the session: while playwright runs, its event loop keeps other tests of the process from having one.
@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A headless Chromium; skips where there is none, and fails there if MOREGRAD_REQUIRE_BROWSER is 1."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return _without("playwright is not installed: pip install playwright")
    if path is None:
        return _without(
            f"none of {', '.join(NAMES)} is on the path: install Chromium, as with apt-get install chromium"
        )
    # A sandbox of its own is what Chromium cannot have as root or in most containers.
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as launched,
    ):
        yield launched


def _without(reason: str) -> None:
    if os.environ.get("MOREGRAD_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}; MOREGRAD_REQUIRE_BROWSER=1 asks for it")
    pytest.skip(reason)
