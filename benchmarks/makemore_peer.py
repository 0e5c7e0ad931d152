"""makemore.py as a peer: imported from a path at run time, trained and sampled from as its own script does it."""

import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from types import ModuleType, SimpleNamespace
from typing import Any

SEED, BATCH, RATE, DECAY, BETAS = 3407, 32, 5e-4, 0.01, (0.9, 0.99)


class Makemore:
    """A model of makemore.py at its default sizes with its data, optimizer and loader."""

    def __init__(self, script: str, words: str, kind: str, *, workers: int) -> None:
        """`script` is the path of makemore.py, `words` that of a word list, `kind` what its --type takes."""
        import torch  # pyright: ignore[reportMissingImports]

        warnings.simplefilter("ignore")
        torch.manual_seed(SEED)
        self.module = _imported(script)
        with redirect_stdout(StringIO()):
            self.dataset, _ = self.module.create_datasets(words)
            self.block = self.dataset.get_output_length()
            config = self.module.ModelConfig(vocab_size=self.dataset.get_vocab_size(), block_size=self.block)
            self.model = _kinds(self.module)[kind](config)
        self.parameters = sum(parameter.numel() for parameter in self.model.parameters())
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=RATE, weight_decay=DECAY, betas=BETAS, eps=1e-8)
        self.loader = self.module.InfiniteDataLoader(
            self.dataset,
            batch_size=BATCH,
            pin_memory=True,
            num_workers=workers,
            multiprocessing_context="fork" if workers else None,
        )

    def step(self) -> int:
        """Takes a step and returns how many characters it learned from, padding not counted."""
        tokens, targets = self.loader.next()
        _, loss = self.model(tokens, targets)
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return int((targets != -1).sum())

    def sample(self, count: int) -> list[str]:
        """`count` words by the script's own generation, decoded."""
        import torch  # pyright: ignore[reportMissingImports]

        start = torch.zeros(count, 1, dtype=torch.long)
        rows = self.module.generate(self.model, start, self.block - 1, do_sample=True, top_k=None)[:, 1:].tolist()
        return [self.dataset.decode(row[: row.index(0)] if 0 in row else row) for row in rows]


def _kinds(module: ModuleType) -> dict[str, Callable[[Any], Any]]:
    return {
        "transformer": module.Transformer,
        "gru": lambda config: module.RNN(config, cell_type="gru"),
        "mlp": module.MLP,
    }


def _imported(script: str) -> ModuleType:
    """makemore.py as a module; its functions look for the options they were started with in `args`."""
    spec = spec_from_file_location("makemore", script)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{script} is not a Python file; give the path of makemore.py with --makemore")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["args"] = SimpleNamespace(device="cpu")
    return module
