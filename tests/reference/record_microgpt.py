"""Records what the published microgpt script prints, as published/microgpt.json in moregrad.lectures.

python tests/reference/record_microgpt.py MICROGPT.PY NAMES.TXT (takes minutes)
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FILE = Path(__file__).parents[2] / "src/moregrad/lectures/published/microgpt.json"
ABOUT = "Printed by the published script microgpt.py (gist of Andrej Karpathy, February 2026), run on names.txt."


def main(script: str, names: str) -> None:
    """Runs the script beside the names, which it takes for what it would download."""
    with TemporaryDirectory() as folder:
        Path(folder, "input.txt").write_bytes(Path(names).read_bytes())
        command = [sys.executable, str(Path(script).resolve())]
        printed = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout
    losses = [float(loss) for loss in re.findall(r"loss (\d+\.\d{4})", printed)]
    series = {
        "parameters": {"measure": "parameters", "values": int(re.findall(r"num params: (\d+)", printed)[0])},
        "losses": {"measure": "loss", "by": "step", "tolerance": 5.1e-5, "values": losses},
        "names": {"measure": "name", "values": re.findall(r"sample +\d+: (\w*)", printed)},
    }
    FILE.write_text(json.dumps({"about": ABOUT, "series": series}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
