from .curve import curve as curve
from .points import decision_boundary as decision_boundary
from .points import scatter as scatter
