"""Sources of lessons for tests of what is made of them."""

from pathlib import Path

from moregrad.lessons import Lesson

SOURCE = """\
---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# 7. A small lesson

What is one and one?

```{code-cell} ipython3
1 + 1
```
"""


def write_lesson(folder: Path, source: str = SOURCE, name: str = "07-small") -> Lesson:
    path = folder / f"{name}.md"
    path.write_text(source, "utf-8")
    return Lesson(path)
