"""The parts that all tests share: the reference lists, the profile of Hypothesis, and the choice of long tests."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import jax
import pytest
import shape_checks
from browser import browser as browser
from hypothesis import settings
from jaxtyping import config

if TYPE_CHECKING:
    from moregrad.lectures.lists import Lists

shape_checks.install()

# Two among which networks are dealt, as on one nothing would be, and those that are spare: `moregrad.parallel.SPARE`.
jax.config.update("jax_num_cpu_devices", 4)

# Compiling takes seconds on the first example of a shape, so no example has a deadline.
settings.register_profile("moregrad", deadline=None, max_examples=40, derandomize=True, database=None)
settings.load_profile("moregrad")


def pytest_configure(config: pytest.Config) -> None:
    # Kernels and commands run in folders of their own, where a relative path would lead elsewhere.
    if folder := os.environ.get("MOREGRAD_DATA"):
        os.environ["MOREGRAD_DATA"] = os.path.abspath(folder)
    config.addinivalue_line("markers", "long: takes most of a minute, and is begun before all others")
    config.addinivalue_line("markers", "full: trains a published run of minutes to its end; runs with -m full only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    full = [item for item in items if "full" in item.keywords]
    for item in full:
        item.add_marker(pytest.mark.timeout(3600))
    # At the end no core waits long for another, which has tests of a moment left.
    items.sort(key=lambda item: "long" not in item.keywords)
    if "full" not in config.option.markexpr:
        items[:] = [item for item in items if "full" not in item.keywords]
        config.hook.pytest_deselected(items=full)


@pytest.fixture(scope="session", autouse=True)
def compiled_programs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled programs are kept in a folder of the test session, for all workers and for commands of their own."""
    kept = {
        "jax_compilation_cache_dir": str(tmp_path_factory.getbasetemp().parent / "compiled"),
        "jax_persistent_cache_min_compile_time_secs": 0.0,
        "jax_persistent_cache_min_entry_size_bytes": -1,
    }
    for name, value in kept.items():
        jax.config.update(name, value)
        os.environ[name.upper()] = str(value)


@pytest.fixture
def untyped_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets wrong types through to the messages that moregrad has for them."""
    monkeypatch.setattr(config, "jaxtyping_disable", True)


def _data(name: str) -> Path:
    path = Path(os.environ.get("MOREGRAD_DATA", "")) / name
    if path.is_file():
        return path
    if os.environ.get("MOREGRAD_REQUIRE_REFERENCE") == "1":
        pytest.fail(f"{name} is not in MOREGRAD_DATA, and MOREGRAD_REQUIRE_REFERENCE=1 asks for it")
    pytest.skip(f"{name} is not in MOREGRAD_DATA")


@pytest.fixture(scope="session")
def names_path() -> Path:
    """The 32,033 names of makemore."""
    return _data("names.txt")


@pytest.fixture(scope="session")
def names_words(names_path: Path) -> list[str]:
    """The 32,033 names of makemore, in order."""
    return names_path.read_text().split()


@pytest.fixture(scope="session")
def indian_names_path() -> Path:
    """The 60,600 rows of a list of Indian names, dirty as they came."""
    return _data("indian-names.csv")


@pytest.fixture(scope="session")
def lists(names_path: Path) -> "Lists":
    """The lists that published runs were made from."""
    from moregrad.lectures.lists import Lists

    return Lists()
