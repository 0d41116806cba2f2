"""Who read and did what: the audit trail, for those who answer for the service."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openscrutiny.scrutiny.audit import count_audit, list_audit
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import actor_of, needs
from openscrutiny.web.presenters.paging import make_paging
from openscrutiny.web.rendering import render_page

_SIZE = 100


@require_safe
@needs(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """List what was done and read and what was refused, the newest first."""
    paging = make_paging(
        count_audit(actor_of(request)),
        request.GET.get("page", "1"),
        _SIZE,
        lambda number: f"{reverse('audit')}?page={number}",
    )
    return render_page(
        request,
        "pages/audit.html",
        title="Who did what",
        here="audit",
        events=list_audit(actor_of(request), paging.start, _SIZE),
        paging=paging,
    )
