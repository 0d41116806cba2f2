"""Publishing beside the request: begun from a page, done by a worker, watched there."""

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.intake import working
from openscrutiny.scrutiny.intake.jobs import (
    Job,
    Kind,
    ask_for,
    find_folder,
    make_folder,
)
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.publishing.publishing import check_publishable
from openscrutiny.workspace import Workspace


def begin_publication(
    actor: Actor,
    workspace: Workspace,
    *,
    meeting: int,
    audience: Audience,
    restates: str = "",
) -> str:
    """Begin to publish for a meeting and audience; gives the token of the work.

    Raises what `publish_for_meeting` does where it can be known before: what the worker
    finds against it, it tells as the end of its work.
    """
    check_publishable(actor, workspace, meeting, audience, restates)
    asked = {"meeting": meeting, "audience": audience.value, "restates": restates}
    folder = make_folder(
        workspace, lambda token: ask_for(token, Kind.PUBLISH, actor, asked)
    )
    working.launch(workspace, folder.token)
    return folder.token


def find_publication_work(actor: Actor, workspace: Workspace, token: str) -> Job | None:
    """Find a publication that was begun in the last day."""
    check_may(actor, Permission.PUBLISH_PAPER)
    folder = find_folder(workspace, token)
    job = folder.read() if folder else None
    return job if job is not None and job.kind is Kind.PUBLISH else None
