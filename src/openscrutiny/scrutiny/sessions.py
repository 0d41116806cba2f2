"""Sessions as Django keeps them in the database, read by one plain query a page.

Nothing is kept between two pages: signing out, or a new password, counts at once.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

__all__ = ["SessionStore"]


class SessionStore(DatabaseSessions):
    """Find a session that has not run out by its key."""

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.raw(
            "SELECT session_key, session_data, expire_date FROM django_session "
            "WHERE session_key = %s AND expire_date > %s",
            [self.session_key, timezone.now()],
        )
        session = next(iter(found), None)
        if session is None:
            self._session_key = None
        return session
