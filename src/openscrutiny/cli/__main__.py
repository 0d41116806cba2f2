"""Run the commands as `python -m openscrutiny.cli`."""

import sys

from openscrutiny.cli import main

# A worker process imports this module anew and must not run the command again.
if __name__ == "__main__":
    sys.exit(main())
