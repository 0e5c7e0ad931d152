"""Text in, integer arrays out: sources, cleaning, vocabulary, splits, splits."""

from moregrad.data.cleaning import CleaningReport as CleaningReport
from moregrad.data.cleaning import Dropped as Dropped
from moregrad.data.corpus import Corpus as Corpus
from moregrad.data.corpus import read_corpus as read_corpus
from moregrad.data.encoded_words import EncodedWords as EncodedWords
from moregrad.data.files import write_words as write_words
from moregrad.data.sources import SOURCES as SOURCES
from moregrad.data.sources import Source as Source
from moregrad.data.splits import METHODS as METHODS
from moregrad.data.splits import Leakage as Leakage
from moregrad.data.splits import Splits as Splits
from moregrad.data.splits import split as split
from moregrad.data.summary import Summary as Summary
from moregrad.data.vocabulary import Vocabulary as Vocabulary
