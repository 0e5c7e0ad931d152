"""The formats that runs are written in."""

from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from moregrad.errors import MoregradError

if TYPE_CHECKING:
    from moregrad.runs.run import Run


@dataclass(frozen=True)
class Format:
    """A format: the ending by which it is recognised, what it is for, and the function that writes it.

    `writer` is "module:function", imported when the format is asked for; the function takes the run, the path and
    settings by keyword. A format that `has_choice` lets its reader choose the label that words have; in others a run
    with labels is one of words of any label.
    """

    ending: str
    description: str
    writer: str
    has_choice: bool = False

    @property
    def shape(self) -> str:
        """The ending, or that it is a folder."""
        return self.ending or "a folder"

    def write(self, run: "Run", path: Path, **settings: Any) -> None:
        """Writes `run` to `path`; raises ModelError if the format cannot hold a model of this kind."""
        resolve_name(self.writer)(run if self.has_choice else run.given(), path, **settings)


FORMATS: dict[str, Format] = {
    "arpa": Format(".arpa", "n-grams as KenLM and SRILM read them", "moregrad.formats.arpa.writing:write_arpa"),
    "c": Format(".c", "one C99 file that samples and scores, without dependencies", "moregrad.formats.c:write_c"),
    "page": Format(
        ".html",
        "one page for the browser that makes and judges words, offline",
        "moregrad.formats.page:write_page",
        True,
    ),
    "onnx": Format(".onnx", "one step for any number of rows, in ONNX", "moregrad.formats.onnx.writing:write_onnx"),
    "hf": Format("", "a Transformer as transformers loads it", "moregrad.formats.hugging_face.writing:write_folder"),
}
"""The formats by name. An ending of "" is a folder's."""


def export(run: "Run", destination: str | Path, *, to: str | None = None, **settings: Any) -> None:
    """Writes `run` to `destination`, which must not exist, in the format `to`, by default that of the ending.

    `settings` are those of the format's writer. Raises MoregradError if the format is unknown or the file exists,
    ModelError if the format cannot hold a model of this kind.
    """
    choose(destination, to).write(run, Path(destination), **settings)


def choose(destination: str | Path, to: str | None = None) -> Format:
    """Returns the format `to`, by default the one whose ending `destination` has.

    Raises MoregradError if there is none, if the destination exists, or if it has no folder.
    """
    path = Path(destination)
    if path.exists():
        raise MoregradError(f"{path} exists, and nothing is overwritten; name another destination")
    if not path.parent.is_dir():
        raise MoregradError(f"there is no folder {path.parent}; make it, or name another destination")
    if to is not None:
        if to not in FORMATS:
            raise MoregradError(f"the format {to!r} is unknown; choose one of {', '.join(FORMATS)}")
        return FORMATS[to]
    for each in FORMATS.values():
        if each.ending == path.suffix.lower():
            return each
    known = ", ".join(f"{name} ({each.shape})" for name, each in FORMATS.items())
    raise MoregradError(f"{path} has the ending of no format: there are {known}; change it, or name a format with --to")
