"""Who read and did what: the audit trail, for those who may ask for it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from openscrutiny.scrutiny.inspecting import (
    AUDIT_COLUMNS,
    Asked,
    count_audit,
    list_actions,
    list_audit,
    row_of,
    verify_audit,
)
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import actor_of, shows
from openscrutiny.web.presenters.paging import make_paging
from openscrutiny.web.presenters.twins import csv_of
from openscrutiny.web.rendering import render_page

_SIZE = 100
_TWINS = (("CSV", "audit-csv", ""),)


@shows(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """List what was done and read and what was refused, the newest first."""
    actor, asked = actor_of(request), Asked.of(request.GET.dict())
    narrowed = {name: value for name, value in vars(asked).items() if value}
    total = count_audit(actor)
    paging = make_paging(
        count_audit(actor, asked) if narrowed else total,
        request.GET.get("page", "1"),
        _SIZE,
        lambda number: f"{reverse('audit')}?{urlencode({**narrowed, 'page': number})}",
    )
    return render_page(
        request,
        "pages/audit.html",
        title="Who did what",
        here="audit",
        events=list_audit(actor, paging.start, _SIZE, asked),
        paging=paging,
        total=total,
        asked=asked,
        wrong=asked.wrong(),
        narrowed=narrowed,
        actions=[
            ("", "Everything"),
            *((a, a.capitalize()) for a in list_actions(actor)),
        ],
        twins=_TWINS,
        twins_of=f"?{urlencode(narrowed)}" if narrowed else "",
    )


@shows(Permission.SEE_AUDIT)
def audit_csv(request: HttpRequest) -> HttpResponse:
    """Give the audit, or the part that is asked for, as CSV with its digests."""
    asked = Asked.of(request.GET.dict())
    rows = (row_of(event) for event in list_audit(actor_of(request), asked=asked))
    cells = ([str(row[name]) for name in AUDIT_COLUMNS] for row in rows)
    return csv_of(AUDIT_COLUMNS, cells, "audit")


@shows(Permission.SEE_AUDIT)
def audit_check(request: HttpRequest) -> HttpResponse:
    """Say whether the audit is what was written: the chain is read from end to end."""
    return render_page(
        request,
        "pages/audit_check.html",
        title="Is the audit what was written?",
        here="audit",
        found=verify_audit(actor_of(request)),
    )
