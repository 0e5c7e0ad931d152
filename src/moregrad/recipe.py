"""The recipe of a training: everything about it that is neither the model nor the data."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Le
from typing_extensions import Doc

from moregrad.configuration import Configuration, Count, DropoutRate, Magnitude, Seed, Share, Size

Optimizer = Literal["sgd", "momentum", "adamw", "muon"]
Schedule = Literal["constant", "step", "cosine", "exponential"]


@dataclass(frozen=True)
class Recipe(Configuration):
    """Plain numbers and words that describe a training; the same recipe gives the same bits."""

    title: ClassVar[str] = "recipe"

    steps: Annotated[Count, Doc("Optimizer steps.")] = 2000
    batch_size: Annotated[Size, Doc("Rows per step, for each network where several learn side by side.")] = 64
    optimizer: Annotated[Optimizer, Doc("sgd, momentum, adamw, or muon (Jordan et al. 2024; adamw for vectors).")] = (
        "adamw"
    )
    learning_rate: Annotated[float, Gt(0), Le(3e38), Doc("Peak learning rate.")] = 3e-3
    schedule: Annotated[Schedule, Doc("How the learning rate changes: constant, step, cosine or exponential.")] = (
        "cosine"
    )
    warmup_steps: Annotated[Count, Doc("Steps in which the learning rate rises from 0.")] = 0
    drop_at: Annotated[Share, Doc("Step schedule: the share of all steps after which the learning rate drops.")] = 0.5
    drop_to: Annotated[
        Magnitude,
        Doc("Step and exponential schedule: what the rate is multiplied by at the drop, or by the end."),
    ] = 0.1
    momentum: Annotated[Share, Doc("Momentum optimizer: the share of the last update that is kept.")] = 0.9
    weight_decay: Annotated[
        Magnitude, Doc("Weight decay: decoupled for adamw and muon, part of the gradient for sgd and momentum.")
    ] = 0.0
    grad_clip: Annotated[Magnitude, Doc("Largest norm of the gradient; 0 does not clip.")] = 0.0
    label_smoothing: Annotated[DropoutRate, Doc("Share of each target spread over all tokens.")] = 0.0
    eval_every: Annotated[int, Ge(1), Le(10**6), Doc("Steps between two evaluations.")] = 500
    patience: Annotated[Count, Doc("Stop after this many evaluations without improvement; 0 never stops early.")] = 0
    seed: Annotated[Seed, Doc("Seed of the weights, the batches and dropout.")] = 0
