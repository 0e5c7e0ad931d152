"""Refusals of the parser, in one line: what was given, what is allowed, what to do."""

import pytest

from cli.calls import Call


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("sample", "RUN is missing; `moregrad sample --help` explains all"),
        ("data show", "SOURCE is missing; `moregrad data show --help` explains all"),
        ("sample run --count", "--count needs a value; `moregrad sample --help` explains all"),
        ("train --hidden --steps 3", "--hidden needs a value; `moregrad train --help` explains all"),
        (
            "sample run more",
            "'more' is one argument too many for moregrad sample; `moregrad sample",
        ),
        ("sample run --plian", "moregrad sample has no option --plian; did you mean --plain?"),
        ("sample run --plian=3", "moregrad sample has no option --plian; did you mean --plain?"),
        ("sample run --hlep", "moregrad sample has no option --hlep; did you mean --help?"),
        ("sample run --seed 1 --seed 2", "--seed is given twice; give it once"),
        ("sample run --plain=maybe", "--plain is 'maybe'; it must be true or false"),
        ("export run page.html --weights float8", "--weights is 'float8'; it must be one of float16, float32"),
        ("train --minutes soon", "--minutes is 'soon'; it must be a finite number above 0 and at most 10,000"),
        ("completion tcsh", "SHELL is 'tcsh'; it must be one of bash, zsh, fish"),
        ("trian", "moregrad has no command 'trian'; did you mean train? It has train, sweep, "),
        ("data shwo", "moregrad data has no command 'shwo'; did you mean show? It has show, list, export"),
        ("--vresion", "moregrad has no option --vresion; `moregrad --help` explains all"),
        ("train --sample 3", "the model stack has no option --sample; did you mean --samples?"),
        ("sweep --trial 3", "the model stack has no option --trial; did you mean --trials?"),
        ("lrfind --low 3", "the model stack has no option --low; did you mean --lower?"),
    ],
)
def test_what_cannot_be_parsed_is_told_in_one_line(call: Call, typed: str, told: str):
    outcome = call(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"moregrad: {told}")
    assert outcome.err.count("\n") == 1
