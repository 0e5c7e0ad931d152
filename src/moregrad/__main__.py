"""`python -m moregrad`."""

import sys

from moregrad.cli import main

sys.exit(main())
