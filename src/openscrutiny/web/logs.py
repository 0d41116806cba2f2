"""What the web application writes to standard error: never a value of a record."""

import logging
import traceback
from typing import Any, Final

_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


class SafeFormatter(logging.Formatter):
    """Write where an exception came from and its kind, and leave its message out.

    A library's message may quote the value that it could not read.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        kind, _, trace = ei
        places = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        name = kind.__name__ if kind else "unknown"
        return "\n".join((f"  {name}, from:", *places))


def configure_logging() -> None:
    """Send Django's warnings and errors to standard error, made safe."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter(_FORMAT))
    logger = logging.getLogger("django")
    logger.handlers = [handler]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    # A wrong address or a missing sign-in is no error of ours.
    logging.getLogger("django.request").setLevel(logging.ERROR)
