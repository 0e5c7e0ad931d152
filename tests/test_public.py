"""The public face of packages, on one made for the purpose, and that of moregrad itself."""

import pickle
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

import moregrad

SHOP = {
    "__init__.py": """from moregrad.public import attach
__getattr__, __dir__, __all__ = attach(__name__, __file__)
""",
    "__init__.pyi": """from . import rooms as rooms
from .fruit import Apple as Apple
from .fruit import PRICE as PRICE
from .fruit import Fraction as Fraction
from .weigh import weigh as weigh
""",
    "fruit.py": """from fractions import Fraction
class Apple: pass
class Core: pass
PRICE = Apple()
""",
    "weigh.py": "def weigh(thing): return 7\n",
    "stock.py": "def weigh(thing): return 8\n",
    "rooms.py": "",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A package with a submodule, a class, one of others, an instance, and a function called as its module is."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for name, text in SHOP.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "shop"]:
        monkeypatch.delitem(sys.modules, name)
    return import_module("shop")


def test_names_are_those_of_the_stub_and_nothing_is_imported_before_it_is_asked_for(shop: ModuleType):
    assert sorted(shop.__all__) == dir(shop) == ["Apple", "Fraction", "PRICE", "rooms", "weigh"]
    assert [name for name in sys.modules if name.startswith("shop.")] == []
    assert shop.rooms is sys.modules["shop.rooms"]


def test_what_is_public_says_so_and_what_is_not_keeps_its_module(shop: ModuleType):
    assert (shop.Apple.__module__, shop.weigh.__module__) == ("shop", "shop")
    assert shop.Fraction.__module__ == "fractions"
    assert sys.modules["shop.fruit"].Core.__module__ == "shop.fruit"
    assert pickle.loads(pickle.dumps(shop.Apple)) is shop.Apple
    assert "__module__" not in vars(shop.PRICE)


def test_a_function_of_the_same_name_in_another_module_is_not_taken_for_the_public_one(shop: ModuleType):
    stock = import_module("shop.stock")
    assert shop.weigh(1) == 7
    assert stock.weigh.__module__ == "shop.stock"


def test_a_function_is_not_hidden_by_the_module_of_its_name(shop: ModuleType):
    import_module("shop.weigh")
    assert shop.weigh(1) == 7


def test_an_unknown_name_is_refused_with_the_known_ones(shop: ModuleType):
    with pytest.raises(AttributeError, match=r"module 'shop' has no attribute 'Pear'; it has .*Apple"):
        shop.Pear  # noqa: B018


def test_there_are_two_functions_called_train():
    """Loading one must not make it pass for the other."""
    code = "import moregrad, moregrad.training as t; print(t.train.__module__, moregrad.train.__module__)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["moregrad.training", "moregrad"]


def test_every_architecture_is_public():
    from moregrad import models
    from moregrad.models.catalogue import CATALOGUE

    ours = [kind for kind in CATALOGUE.values() if kind.__module__.startswith("moregrad.")]
    assert {kind.__name__ for kind in ours} <= set(dir(models))


def test_the_version_is_that_of_the_package():
    assert moregrad.__version__ == version("moregrad")


def test_an_unknown_name_is_an_attribute_error_that_names_the_known_ones():
    with pytest.raises(AttributeError, match=r"has no attribute 'trian'.*train"):
        moregrad.trian  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
