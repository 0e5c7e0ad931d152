"""Records the scores that KenLM gives words by ARPA files of moregrad's, as arpa.json beside this file.

pip install kenlm==0.3.0 && python tests/reference/record_arpa.py

The scores are natural logarithms of the probability of each test word with its end. KenLM from the package index reads
n-grams of up to six tokens.
"""

import json
import math
import tempfile
from pathlib import Path
from typing import Any

import kenlm  # pyright: ignore[reportMissingImports]
from arpa_models import MODELS, counted

from moregrad.formats.arpa.writing import spell, write_arpa
from moregrad.runs import Run


def scores(run: Run) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.arpa"
        write_arpa(run, path)
        model = kenlm.Model(str(path))
    words = run.splits["test"].words(run.vocabulary)
    found = [model.score(" ".join(map(spell, word)), bos=True, eos=True) for word in words]
    return [round(math.log(10) * score, 6) for score in found]


def main() -> None:
    figures: dict[str, Any] = {}
    for name in MODELS:
        run = counted(name)
        figures[name] = {"fingerprint": run.record.fingerprint, "nats": scores(run)}
    text = json.dumps({"kenlm": "0.3.0", "figures": figures})
    Path(__file__).with_name("arpa.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
