"""Records what scikit-learn draws for moons and circles, as points.json beside this file.

pip install scikit-learn==1.9.1 && python tests/reference/record_points.py
"""

import json
from pathlib import Path
from typing import Any

import sklearn  # pyright: ignore[reportMissingImports]
from sklearn.datasets import make_circles, make_moons  # pyright: ignore[reportMissingImports]

MAKERS = {"moons": make_moons, "circles": make_circles}
CASES = (
    {"shape": "moons", "count": 100, "options": {"noise": 0.1, "seed": 1337}},  # micrograd's demo
    {"shape": "moons", "count": 7, "options": {"noise": None, "seed": 3}},
    {"shape": "moons", "count": 10, "options": {"noise": 0.3, "seed": 0}},
    {"shape": "circles", "count": 100, "options": {"noise": 0.1, "factor": 0.5, "seed": 1337}},
    {"shape": "circles", "count": 7, "options": {"noise": None, "factor": 0.8, "seed": 3}},
    {"shape": "circles", "count": 10, "options": {"noise": 0.3, "factor": 0.3, "seed": 0}},
)


def drawn(case: dict[str, Any]) -> dict[str, Any]:
    """The case and its points, every digit of them."""
    options = {"random_state" if name == "seed" else name: value for name, value in case["options"].items()}
    positions, labels = MAKERS[case["shape"]](n_samples=case["count"], **options)
    return {**case, "positions": positions.tolist(), "labels": labels.tolist()}


def main() -> None:
    """Writes down one line for each case."""
    cases = ",\n  ".join(json.dumps(drawn(case)) for case in CASES)
    text = f'{{\n "scikit-learn": "{sklearn.__version__}",\n "cases": [\n  {cases}\n ]\n}}\n'
    Path(__file__).with_name("points.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
