from .manifest import Manifest as Manifest
from .options import Parting as Parting
from .part import Done as Done
from .part import Part as Part
from .progress import State as State
from .running import sample_parts as sample_parts
from .running import score_parts as score_parts
