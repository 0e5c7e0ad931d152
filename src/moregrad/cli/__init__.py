"""The command line: arguments in, calls into the rooms above, text out.

Commands are imported when they are called, so that `moregrad --help` loads nothing heavy. Exit codes: 0 done, 1 done
with less than was asked for (fewer words, a figure that differs, no learning rate), 2 an error told in one line, 3
another process of the training was lost, 130 interrupted, 141 the reader of the output went away, 143 terminated.
"""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version

from cyclopts import App, CycloptsError

from moregrad.cli.calling import call
from moregrad.cli.config_file import HELP, Taken, take_settings
from moregrad.cli.interruption import Interrupted
from moregrad.cli.options import as_option, as_typed, shield
from moregrad.cli.surroundings import discard_output, keep_compiled_programs, open_streams, typed_words, use_all_cores
from moregrad.cli.terminal import guarded_terminals
from moregrad.errors import ConfigurationError, LostProcessError, MoregradError

app = App(
    name="moregrad",
    help="Learn a list of words, make more of them, score any.",
    version=lambda: _version(),
    help_format="plaintext",
    help_epilogue=HELP,
    suppress_keyboard_interrupt=False,
)
app.command("moregrad.cli.train:train", name="train", help="Train a model on a list of words.", help_flags=())
app.command("moregrad.cli.sweep:sweep", name="sweep", help="Search for good settings.", help_flags=())
app.command("moregrad.cli.lrfind:lrfind", name="lrfind", help="Find a learning rate.", help_flags=())
app.command("moregrad.cli.sample:sample", name="sample", help="Make new words.")
app.command("moregrad.cli.top:top", name="top", help="Find the most probable words.")
app.command("moregrad.cli.score:score", name="score", help="Tell how surprising words are.")
app.command("moregrad.cli.classify:classify", name="classify", help="Tell which of several lists words are like.")
app.command("moregrad.cli.probabilities:probabilities", name="probabilities", help="Tell how a word may go on.")
app.command("moregrad.cli.explain:explain", name="explain", help="Tell what is surprising in a word, and why.")
app.command("moregrad.cli.evaluate:evaluate", name="evaluate", help="Measure the loss on the splits or on a list.")
app.command("moregrad.cli.import_:import_", name="import", help="Make a run of a model that others trained.")
app.command("moregrad.cli.compare:compare", name="compare", help="Put several runs in one table.")
app.command("moregrad.cli.models:models", name="models", help="List the models.")
app.command("moregrad.cli.reproduce:reproduce", name="reproduce", help="Replay published runs, compare their figures.")
app.command("moregrad.cli.plot:plot", name="plot", help="Draw a run, a list, or several runs.")
app.command("moregrad.cli.export:export", name="export", help="Write a run in a format that others read.")
app.command("moregrad.cli.data:app", name="data", help="Look at lists of words, export them cleaned.")
app.command("moregrad.cli.play:play", name="play", help="Open the playground in the browser.")
app.command("moregrad.cli.lessons:lessons", name="lessons", help="Write the lessons as notebooks.")
app.command("moregrad.cli.completion:completion", name="completion", help="Complete commands in a shell.")

LONG_WORD = re.compile(r"(\S{60})\S{300,}")
"""A value that nobody would read to its end."""


def main(tokens: Sequence[str] | None = None) -> int:
    """Runs the command that `tokens`, or else the words typed, ask for; returns the exit code."""
    try:
        open_streams()
    except MoregradError as error:
        return _complain(str(error))
    keep_compiled_programs()
    use_all_cores()
    try:
        with guarded_terminals():
            code = _run(tokens)
    except Exception:
        _end_if_joined(1)
        raise
    if code:
        _end_if_joined(code)
    return code


def _end_if_joined(code: int) -> None:
    """Ends a training that failed where other processes take part in it."""
    if "moregrad.cli.processes" in sys.modules:
        from moregrad.cli.processes import end_if_joined

        end_if_joined(code)


def _run(tokens: Sequence[str] | None) -> int:
    taken = Taken()
    try:
        words, taken = take_settings(app, typed_words() if tokens is None else tokens)
        words = shield(words)
        _use_docstring(words)
        code = call(app, words)
        sys.stdout.flush()
        return code or 0
    except CycloptsError as error:
        from moregrad.cli.refusal import explain

        return _complain(taken.explain(explain(error)))
    except MoregradError as error:
        return _complain(taken.explain(_told(error)), code=3 if isinstance(error, LostProcessError) else 2)
    except Interrupted as interrupted:
        return interrupted.code
    except KeyboardInterrupt:
        return _complain("interrupted", code=130)
    except BrokenPipeError:
        discard_output()
        return 141
    except OSError as error:
        discard_output()
        return _complain(f"{error.filename or 'cannot read the input or write the output'}: {error.strerror or error}")
    except Exception as error:
        if not _is_out_of_memory(error):
            raise
        return _complain("there is too little memory for this; lower the sizes of the model, --batch-size or the list")


def _told(error: MoregradError) -> str:
    """Returns the message of `error`, in which settings have the names that are typed."""
    message = as_typed(str(error))
    if isinstance(error, ConfigurationError) and error.setting:
        message = re.sub(rf"(^|: ){error.setting} is ", rf"\1{as_option(error.setting)} is ", message, count=1)
    return message


def _use_docstring(words: Sequence[str]) -> None:
    """Has the help of a command say all of its docstring; the list of commands has a line of each."""
    if words and words[0] in app and (command := app[words[0]]).default_command:
        command.help = None


def _version() -> str:
    from moregrad.scalar import COMPILED

    return f"{version('moregrad')} (scalar engine {'compiled' if COMPILED else 'in plain Python'})"


def _is_out_of_memory(error: Exception) -> bool:
    """Tells whether Python or JAX, which is not imported here, asked in vain for memory."""
    return isinstance(error, MemoryError) or (
        type(error).__name__ == "JaxRuntimeError" and "RESOURCE_EXHAUSTED" in str(error)
    )


def _complain(message: str, *, code: int = 2) -> int:
    line = LONG_WORD.sub(r"\1...", " ".join(message.splitlines()))
    with suppress(OSError):
        print("moregrad:", line, file=sys.stderr, flush=True)
    return code
