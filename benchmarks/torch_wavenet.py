"""The lecture's WaveNet in PyTorch: the peer of lecture_wavenet.py and time_to_loss.py.

PyTorch is imported only where a network is made, so that moregrad's own processes never load it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch.nn import Module  # pyright: ignore[reportMissingImports]

CONTEXT, VOCAB, EMBEDDING, HIDDEN, LEVELS = 8, 27, 24, 128, 3
EPSILON, MOMENTUM = 1e-5, 0.1


def wavenet() -> "Module":
    """76,579 parameters, a small last layer, in training mode."""
    import torch  # pyright: ignore[reportMissingImports]
    from torch import nn  # pyright: ignore[reportMissingImports]

    class BatchNorm(nn.Module):
        """Normalises every axis but the last by mean and n - 1 variance; keeps running ones to predict with."""

        mean: torch.Tensor
        variance: torch.Tensor

        def __init__(self, size: int) -> None:
            super().__init__()
            self.gain, self.shift = nn.Parameter(torch.ones(size)), nn.Parameter(torch.zeros(size))
            self.register_buffer("mean", torch.zeros(size))
            self.register_buffer("variance", torch.ones(size))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            mean, variance = self._observed(x) if self.training else (self.mean, self.variance)
            return self.gain * (x - mean) / torch.sqrt(variance + EPSILON) + self.shift

        def _observed(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            axes = tuple(range(x.ndim - 1))
            mean, variance = x.mean(axes), x.var(axes)
            with torch.no_grad():
                self.mean.lerp_(mean, MOMENTUM)
                self.variance.lerp_(variance, MOMENTUM)
            return mean, variance

    class JoinNeighbours(nn.Module):
        """Two neighbouring vectors become one of twice the length."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.reshape(x.shape[0], x.shape[1] // 2, -1)

    def linear(size: int, out: int, *, bias: bool, gain: float) -> nn.Linear:
        layer = nn.Linear(size, out, bias=bias)
        nn.init.normal_(layer.weight, std=gain / size**0.5)
        return layer

    layers: list[nn.Module] = [nn.Embedding(VOCAB, EMBEDDING)]
    for size in [EMBEDDING] + [HIDDEN] * (LEVELS - 1):
        layers += [JoinNeighbours(), linear(2 * size, HIDDEN, bias=False, gain=1.0), BatchNorm(HIDDEN), nn.Tanh()]
    head = linear(HIDDEN, VOCAB, bias=True, gain=0.1)
    nn.init.zeros_(head.bias)
    return nn.Sequential(*layers, nn.Flatten(), head)
