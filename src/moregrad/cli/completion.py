"""`moregrad completion`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from moregrad.cli.config_file import OPTION

if TYPE_CHECKING:
    from moregrad.cli.every_model import EveryModel

OF_MODEL = """
# Takes out the options that the model after --model does not have; the other shells say with each which models have it.
_moregrad_of_model() {
  _moregrad
  local i name lacking=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == --model ]] || continue
    name=${COMP_WORDS[i + 1]}
    [[ $name == = ]] && name=${COMP_WORDS[i + 2]}
    case $name in
CASES
    esac
  done
  for i in "${!COMPREPLY[@]}"; do
    [[ $lacking == *" ${COMPREPLY[i]} "* ]] && unset "COMPREPLY[i]"
  done
}
"""

Shell = Literal["bash", "zsh", "fish"]


def completion(shell: Annotated[Shell, Parameter(help="The shell that is to complete commands.")], /) -> None:
    """Print what a shell needs to complete commands, options and their choices, those of every model included.

    Bash reads it from ~/.local/share/bash-completion/completions/moregrad, zsh
    from a file _moregrad in a folder of its fpath, fish from
    ~/.config/fish/completions/moregrad.fish: write it there.
    """
    sys.stdout.write(script(shell))


def script(shell: Shell) -> str:
    """Returns the completion of all commands as a program for `shell`."""
    from moregrad.cli.every_model import EveryModel

    every = EveryModel()
    text = _whole_app(every).generate_completion(shell=shell)
    if shell == "zsh":
        # A file that zsh loads a function from is called as it, and the usual name is this one.
        return text.replace("_cyclopts_moregrad", "_moregrad")
    if shell == "fish":
        return text
    # Where nothing is known to follow, bash offers files, as it does for other programs.
    text = text.replace("complete -F _moregrad ", "complete -o default -F _moregrad_of_model ")
    return text + OF_MODEL.replace("CASES", "\n".join(_cases(every)))


def _cases(every: "EveryModel") -> Iterator[str]:
    """Yields, as cases of bash, the options that each model lacks."""
    from moregrad.models.catalogue import CATALOGUE

    for model in CATALOGUE:
        lacking = " ".join(f"--{name.replace('_', '-')}" for name in every.lacking(model))
        yield f'      {model}) lacking=" {lacking} " ;;'


def _whole_app(every: "EveryModel") -> App:
    """Returns an app of all commands, in which those whose options depend on the model have those of all models."""
    from moregrad.cli import app, lrfind, train
    from moregrad.runs.starting import NOTHING

    forms = {"train": train.form(every, "any", None, NOTHING), "lrfind": lrfind.form(every, "any", None)}
    whole = App(name="moregrad", help=app.help, help_format="plaintext")
    for name in app:
        if name in forms:
            whole.command(_with_choices(forms[name]), name=name)
        elif not name.startswith("-"):
            whole.command(app[name], name=name)
    whole.meta.default(_with_file)
    return whole


def _with_choices(form: Any) -> Any:
    """Returns the form of a command, its model and its preset with the choices that there are."""
    from moregrad.data.splits import METHODS
    from moregrad.models.catalogue import CATALOGUE
    from moregrad.models.presets import PRESETS

    for name, choices in {"model": CATALOGUE, "preset": PRESETS, "split": METHODS}.items():
        form.__annotations__[name] = Literal[*choices]
    return form


def _with_file(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    config: Annotated[Path | None, Parameter(name=OPTION, help="A TOML file of options.")] = None,
) -> None: ...
