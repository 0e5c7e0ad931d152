"""The card of a model: what it was made of, how well it does, under which licence, and how to use it."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

from moregrad.data.sources import SOURCES
from moregrad.estimate import Estimate

if TYPE_CHECKING:
    from moregrad.runs.run import Run

CARD = """---
library_name: transformers
pipeline_tag: text-generation
tags:
- moregrad
- character-level
- words
---

# {title}

A {architecture} of {parameters:,} parameters that spells words one character at a time. It was trained by
moregrad {version} on {source}, and it makes words like them.

## Use

```python
from transformers import AutoModelForCausalLM, AutoTokenizer

folder = "PATH OF THIS FOLDER"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(folder)
begun = tokenizer("", return_tensors="pt")  # or the beginning of a word
made = model.generate(**begun, do_sample=True, num_return_sequences=10)
print(tokenizer.batch_decode(made, skip_special_tokens=True))
```

Each row holds one word: the token 0 begins it, and 0 again ends it. Words have at most {longest} characters, and a
character that is not in the vocabulary is refused. {lower}

## Data

| | |
|---|---|
{data}

## Losses

In nats per character, the end of each word included, with the standard error of the mean over words.

{losses}

## Licence

{licence}
"""


def write_card(run: "Run", title: str, source: str) -> str:
    """Returns the card of `run`, a Markdown text; `source` is what its list may be called in public."""
    record = run.record
    licence = SOURCES[source].licence if source in SOURCES else None
    facts = {
        "list": source,
        "where it comes from": record.origin if source in SOURCES else None,
        "SHA-256 of the cleaned list": record.fingerprint or None,
        "words": ", ".join(f"{count:,} {name}" for name, count in record.words.items()),
        "split": record.split,
        "characters": f"{len(run.vocabulary) - 1:,}",
        "steps": f"{run.step:,}",
    }
    return CARD.format(
        title=_cell(title),
        architecture=run.architecture.name,
        parameters=record.parameters,
        version=record.versions.get("moregrad", ""),
        source=_cell(source),
        longest=run.block - 1,
        lower="Words are put in lower case." if record.lower else "",
        data="\n".join(f"| {name} | {_cell(value)} |" for name, value in facts.items() if value),
        losses=_losses(run),
        licence=(
            f"The list: {licence or 'as its owner says'}. The licence of this model is for whoever publishes it to "
            "name, in the line `license:` at the head of this file."
        ),
    )


def public_name(run: "Run") -> str:
    """Returns the name of the list without the folders it was in."""
    source = run.record.source
    return Path(source).name if run.record.origin.startswith("read from") else source


def _losses(run: "Run") -> str:
    if not run.record.losses:
        return "They were not measured."
    rows = [
        f"| {name} | {loss.all.words:,} | {_number(loss.all.nats, loss.all.uncertainty)} |"
        for name, loss in run.record.losses.items()
    ]
    return "\n".join(["| split | words | nats |", "|---|---|---|", *rows])


def _number(nats: float, error: float | None) -> str:
    if not math.isfinite(nats):
        return "-"
    return str(Estimate(nats, error)) + (f" ± {error:.2g}" if error else "")


def _cell(text: str) -> str:
    """Returns `text` as a table's cell shows it, whatever it holds."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in " ".join(text.split()))
