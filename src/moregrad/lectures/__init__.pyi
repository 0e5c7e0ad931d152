from . import hand_training as hand_training
from . import manual as manual
from . import networks as networks
from . import runs as runs
from .names import sample_names as sample_names
from .norm import DeviationNorm as DeviationNorm
from .runs import PublishedRun as PublishedRun
