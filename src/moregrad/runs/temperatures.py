"""The temperature that suits a run: the highest at which new words are as well shaped as those of its list."""

from dataclasses import dataclass

from moregrad.data.membership import NEW
from moregrad.evaluation.shapes import Lengths, Shapes, astray, shapes
from moregrad.runs.labelling import with_label
from moregrad.runs.run import TRAIN, Run
from moregrad.sampling.free import BATCH
from moregrad.sampling.options import Sampling
from moregrad.sampling.shortage import Tally
from moregrad.sampling.words import sample_words

TEMPERATURES = (1.0, 0.8, 0.7, 0.6)
DRAWN = 800
"""Words drawn at each temperature; fewer if few draws end."""

MOST_DRAWS = 4 * BATCH
LISTED = 20_000
"""Words of the list that those made are compared with."""

LEAST = 30
"""New words below which a temperature is not judged."""


@dataclass(frozen=True)
class Trial:
    """The shapes of the new words at one temperature, and in what they go astray."""

    temperature: float
    new: Shapes
    astray: tuple[str, ...]


@dataclass(frozen=True)
class Trials:
    """Temperatures from 1 down to the first at which no trait goes astray, and the shapes of the list's words."""

    listed: Shapes
    made: tuple[Trial, ...]

    @property
    def suited(self) -> Trial:
        """The trial of the temperature that suits best: the highest at which the fewest traits go astray."""
        return min(self.made, key=lambda trial: len(trial.astray))


def try_temperatures(run: Run) -> Trials:
    """Draws words from `run` at one temperature after the other until those that are new are well shaped.

    Where words have labels, they are drawn given the commonest one, and compared with the words that have it.
    """
    listed_words = run.splits[TRAIN]
    if run.record.labels:
        # Words of any label would cost as much as all labels together.
        label = max(run.record.labels, key=lambda name: (run.record.labels or {})[name])
        listed_words, run = with_label(run, label)[TRAIN], run.given(label)
    words = listed_words.first(LISTED).words(run.vocabulary).to_list()
    usual = Lengths.of(words)
    listed = shapes(words, usual)
    made: list[Trial] = []
    for temperature in TEMPERATURES:
        new = shapes(_draw_new(run, temperature), usual)
        found = astray(new, listed) if new.words >= LEAST else []
        made.append(Trial(temperature, new, tuple(found)))
        if not found:
            break
    return Trials(listed, tuple(made))


def _draw_new(run: Run, temperature: float) -> list[str]:
    """Returns the words of so many draws that are not in the list; the draws end, whatever the model does."""
    options, longest = Sampling(temperature=temperature, seed=run.recipe.seed), run.block - 1
    tally, new = Tally(longest), []
    drawn = sample_words(run.model, run.vocabulary, run.known, options, longest=longest, tally=tally)
    for number, sample in enumerate(drawn, 1):
        if sample.where == NEW:
            new.append(sample.word)
        if number == DRAWN or tally.drawn >= MOST_DRAWS:
            break
    return new
