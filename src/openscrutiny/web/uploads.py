"""How much may be sent with one request: refused before it is taken in."""

from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import reverse

from openscrutiny.scrutiny.intake.services import LARGEST

_LARGEST_ELSEWHERE: Final = 40_000_000  # minutes, a scorecard, a tracker


class LimitedUpload(FileUploadHandler):
    """Look at how long a request says that it is, and pass what it holds on."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what is too long; the page of a refusal says so."""
        gives = self.request.path == reverse("data-in-add")
        # Who is not signed in is refused later, and would have filled the disk before.
        gives = gives and SESSION_KEY in self.request.session
        if content_length > (LARGEST if gives else _LARGEST_ELSEWHERE):
            raise RequestDataTooBig("What was sent is larger than this page takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
