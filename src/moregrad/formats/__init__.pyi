from .c import to_c as to_c
from .javascript import to_javascript as to_javascript
from .readers import import_run as import_run
from .writers import FORMATS as FORMATS
from .writers import export as export
