"""Run the commands as `python -m openscrutiny.cli`."""

import sys

from openscrutiny.cli import main

sys.exit(main())
