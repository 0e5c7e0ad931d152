from .bigrams import Bigrams as Bigrams
from .bigrams import PairReport as PairReport
from .counting import Grams as Grams
from .counting import count_grams as count_grams
from .smoothing import Interpolation as Interpolation
from .smoothing import smooth as smooth
from .trie import Trie as Trie
