"""What the README shows of single numbers runs."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_program_with_single_numbers_runs(capsys):
    (program,) = re.findall(r"```python\n(from moregrad\.data\.points.*?)```", README.read_text(), re.DOTALL)
    names: dict[str, object] = {}
    exec(program, names)
    assert capsys.readouterr().out.startswith("ok: ")
    assert len(names["losses"]) == 100
    assert [p.grad for p in (names["a"], names["b"])] != [0.0, 0.0]
