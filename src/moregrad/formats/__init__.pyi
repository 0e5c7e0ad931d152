from .writers import FORMATS as FORMATS
from .writers import export as export
