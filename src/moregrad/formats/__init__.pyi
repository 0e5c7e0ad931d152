from .c import to_c as to_c
from .javascript import to_javascript as to_javascript
from .writers import FORMATS as FORMATS
from .writers import export as export
