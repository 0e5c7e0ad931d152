"""The errors of the parser in the words of moregrad: what was given, what is allowed, what to do."""

from cyclopts import (
    App,
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from moregrad.configuration import shorten
from moregrad.suggestion import nearest

KINDS = {int: "a whole number", float: "a number", bool: "true or false"}


def explain(error: CycloptsError) -> str:
    """Returns the message of `error`, which names the command and its help where that tells more."""
    command = _command(error)
    more = f"`{command} --help` explains all"
    match error:
        case UnknownCommandError(unused_tokens=[word, *_], app=App() as app):
            option = word.startswith("-")
            return f"{command} has no option {word}; {more}" if option else _unknown_command(word, app, command)
        case UnknownOptionError():
            option = typed_option(error)
            return f"{command} has no option {option}; did you mean {nearest(option, options_of(error))}? {more}"
        case UnusedCliTokensError(unused_tokens=[word, *_]):
            return f"{shorten(word)} is one argument too many for {command}; {more}"
        case MissingArgumentError(argument=argument) if argument:
            name = error.keyword or argument.name
            return f"{name} needs a value; {more}" if name.startswith("-") else f"{name} is missing; {more}"
        case RepeatArgumentError(token=token):
            return f"{token.keyword} is given twice; give it once"
        case CoercionError(token=token, target_type=kind, argument=argument) if token and argument:
            choices = argument.get_choices()
            allowed = f"one of {', '.join(choices)}" if choices else KINDS.get(kind)
            if allowed:
                return f"{token.keyword or argument.name} is {shorten(token.value)}; it must be {allowed}"
    return str(error)


def typed_option(error: UnknownOptionError) -> str:
    """Returns the option that does not exist, without its value."""
    return (error.token.keyword or error.token.value).partition("=")[0]


def options_of(error: UnknownOptionError) -> list[str]:
    """Returns the options that the command has."""
    names = [name for each in error.argument_collection for name in each.names if name.startswith("--")]
    return names if typed_option(error) == "--help" else [*names, "--help"]


def _command(error: CycloptsError) -> str:
    """Returns the command that was typed; the apps of some have all of its words in their name."""
    names = error.command_chain or (error.app.name[:1] if error.app else ())
    return " ".join(["moregrad", *names]).replace("moregrad moregrad", "moregrad")


def _unknown_command(word: str, app: App, command: str) -> str:
    known = [name for name in app if not name.startswith("-")]
    return f"{command} has no command {shorten(word)}; did you mean {nearest(word, known)}? It has {', '.join(known)}"
