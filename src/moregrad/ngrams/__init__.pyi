from .bigrams import Bigrams as Bigrams
from .counting import Grams as Grams
from .counting import count_grams as count_grams
from .pair_report import PairReport as PairReport
from .smoothing import Interpolation as Interpolation
from .smoothing import smooth as smooth
from .trie import Trie as Trie
