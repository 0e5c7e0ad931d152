from .findings import Findings as Findings
from .findings import Trial as Trial
from .space import Range as Range
from .spread import Spread as Spread
from .spread import repeat as repeat
from .sweeps import sweep as sweep
