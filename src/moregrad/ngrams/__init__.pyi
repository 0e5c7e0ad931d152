from .counting import Grams as Grams
from .counting import count_grams as count_grams
from .counting import count_pairs as count_pairs
from .counting import most_common_pairs as most_common_pairs
from .smoothing import Interpolation as Interpolation
from .smoothing import smooth as smooth
from .trie import Trie as Trie
