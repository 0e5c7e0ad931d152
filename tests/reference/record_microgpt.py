"""Records the losses that the published microgpt script prints, as microgpt.json beside this file.

python tests/reference/record_microgpt.py MICROGPT.PY NAMES.TXT (takes minutes)
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main(script: str, names: str) -> None:
    """Runs the script beside the names, which it takes for what it would download."""
    with TemporaryDirectory() as folder:
        Path(folder, "input.txt").write_bytes(Path(names).read_bytes())
        command = [sys.executable, str(Path(script).resolve())]
        printed = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout
    losses = [float(loss) for loss in re.findall(r"loss (\d+\.\d{4})", printed)]
    made = re.findall(r"sample +\d+: (\w*)", printed)
    parameters = int(re.findall(r"num params: (\d+)", printed)[0])
    figures = {"parameters": parameters, "losses": losses, "names": made}
    Path(__file__).with_name("microgpt.json").write_text(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
