from .scores import Evaluation as Evaluation
from .scores import Score as Score
from .scores import WordScore as WordScore
from .scores import evaluate as evaluate
from .scores import score_words as score_words
from .surprisal import surprisals as surprisals
from .tables import score_table as score_table
from .tables import score_tables as score_tables
