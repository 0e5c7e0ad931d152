"""What went wrong in a training although every loss was a number."""

import math

from moregrad.layers.layer import trainable_members
from moregrad.runs.run import TRAIN, VALIDATION, Run
from moregrad.evaluation.surprisal import surprisals

import numpy as np

ADVICE = "most likely the learning rate is too high; try a third of it, warmup steps, or grad_clip 1.0"
