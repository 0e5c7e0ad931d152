from .generate import generate as generate
from .options import Sampling as Sampling
from .processors import Processors as Processors
from .processors import draw as draw
from .words import Sample as Sample
from .words import Samples as Samples
from .words import Tally as Tally
from .words import sample_words as sample_words
