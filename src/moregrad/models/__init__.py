"""One architecture per file; catalogue.py is the only list of them."""
