"""What was published: the list, each publication, its indicators and its papers.

Nobody needs to sign in for what is for the public. Everything here is read from the
folder of the publication, and nothing from the live workspace.
"""

import json
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.publication.frozen import Frozen
from openscrutiny.publication.manifest import make_finder, read_manifest
from openscrutiny.scrutiny.intake.jobs import State
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission, may
from openscrutiny.scrutiny.publishing.beginning import (
    begin_publication,
    find_publication_work,
)
from openscrutiny.scrutiny.publishing.folders import find_folder
from openscrutiny.scrutiny.publishing.listing import (
    Published,
    find_published,
    list_published,
)
from openscrutiny.scrutiny.publishing.publishing import PAPERS
from openscrutiny.scrutiny.publishing.readiness import find_sign_off, ready_to_publish
from openscrutiny.scrutiny.trail.owing import tell_owed
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.frozen_ones import open_frozen_one
from openscrutiny.web.guards import RIGHT, Wrong, actor_of, changes, public_page, shows
from openscrutiny.web.presenters.indicator import lay_out_indicator
from openscrutiny.web.presenters.overview import lay_out_overview
from openscrutiny.web.presenters.publication import (
    READERS,
    addresses_of,
    asked_of,
    facts_of,
    list_papers,
    say_standing,
    trail_of,
    was_owed_of,
    words_of_sections,
)
from openscrutiny.web.presenters.twins import (
    answer_twin,
    csv_of,
    headline_figures,
    indicator_figures,
)
from openscrutiny.web.rendering import get_workspace, give_file, render_page

_TITLES: Final = {
    State.FAILED: "Nothing was published",
    State.CANCELLED: "Nothing was published",
    State.CUT_OFF: "The work was cut off",
}
_STANDS: Final = {
    State.WAITING: "It begins as soon as the work before it is done.",
    State.RUNNING: "It has begun.",
    # It may have been killed just after it was published.
    State.CUT_OFF: "Either it stands whole among the published papers, or nothing was "
    "published: look there before you publish again.",
}
_COLUMNS: Final = (
    "id", "meeting", "title", "day", "audience", "version", "published_at",
    "supersedes", "restates", "superseded_by", "digest",
)  # fmt: skip
_WHOM: Final = {Audience.PUBLIC: "the public", Audience.MEMBERS: "Members"}
_SHORT: Final = "public, max-age=300"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


def _reader(request: HttpRequest) -> Audience:
    """Say as whom somebody reads: the public, unless they have signed in for more."""
    person: Any = request.user
    if person.is_authenticated and not person.must_change_password:
        found: Audience = person.audience
        return found
    return Audience.PUBLIC


def _find(request: HttpRequest, number: int) -> Published:
    """Find a publication that this reader may read, else say that there is none.

    Of one that is not theirs nobody learns that it is there.
    """
    one = find_published(number, _reader(request))
    if one is None:
        raise Http404("There is no such publication.")
    return one


def _open(request: HttpRequest, number: int) -> tuple[Published, Frozen]:
    one = _find(request, number)
    return one, open_frozen_one(get_workspace(), one)


def _find_story(frozen: Frozen, key: str) -> IndicatorStory:
    story = frozen.publication.find(key)
    if story is None:
        raise Http404("There is no such indicator in this publication.")
    return story


def _keep(response: HttpResponse, one: Published, rule: str) -> HttpResponse:
    """Let a browser keep what is for everybody; only twins and papers name no reader."""
    if one.audience is Audience.PUBLIC:
        response.headers["Cache-Control"] = rule
    return response


def _keep_page(
    request: HttpRequest, response: HttpResponse, one: Published
) -> HttpResponse:
    """Let a browser keep a page that names no reader, for a while."""
    person: Any = request.user
    if person.is_authenticated:
        return response
    response.headers["Vary"] = "Cookie"
    return _keep(response, one, _SHORT)


# ---------- The list ----------


@public_page
def publications(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List what this reader may read; whoever may publish does it from here."""
    person: Any = request.user
    may_publish = person.is_authenticated and may(
        person.actor, Permission.PUBLISH_PAPER
    )
    return render_page(
        request,
        "pages/publications.html",
        title="Published papers",
        here="publications",
        status=400 if wrong else 200,
        published=list_published(_reader(request)),
        readers=READERS,
        may_publish=may_publish,
        is_stranger=not person.is_authenticated,
        ready=_list_ready(request) if may_publish else (),
        wrong=wrong,
        twins=(("CSV", "publications-csv", ""), ("JSON", "publications-json", "")),
    )


def _list_ready(request: HttpRequest) -> list[dict[str, Any]]:
    """List the last meetings and what stands against publishing for each."""
    former = {
        (one.meeting, one.audience): one.number
        for one in list_published()
        if one.is_current
    }
    actor = actor_of(request)
    return [
        {
            "meeting": meeting.pk,
            "title": meeting.title,
            "day": meeting.date,
            "audience": audience.value,
            "audience_of": audience,
            "whom": _WHOM[audience],
            "against": ready_to_publish(actor, meeting.pk, audience),
            "approved_by": find_sign_off(meeting.pk).printed,
            "former": former.get((meeting.pk, audience), 0),
        }
        for meeting in Meeting.objects.order_by("-date", "-id")[:2]
        for audience in (Audience.PUBLIC, Audience.MEMBERS)
    ]


@public_page
def publications_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list as CSV or JSON."""
    found = [one.as_dict() for one in list_published(_reader(request))]
    listed = [{name: row[name] for name in _COLUMNS} for row in found]
    if form == "csv":
        rows = [[str(row[name] or "") for name in _COLUMNS] for row in listed]
        return csv_of(_COLUMNS, rows, "publications")
    text = json.dumps({"publications": listed}, default=str, ensure_ascii=False)
    return HttpResponse(text + "\n", content_type="application/json; charset=utf-8")


@changes(Permission.PUBLISH_PAPER, publications)
def publish(request: HttpRequest) -> HttpResponse:
    """Begin to publish a meeting's papers that another person has approved."""
    given = request.POST
    try:
        token = begin_publication(
            actor_of(request),
            get_workspace(),
            meeting=int(given.get("meeting", "")),
            audience=Audience(given.get("audience", "")),
            restates=given.get("restates", ""),
        )
    except ValueError:
        raise OpenScrutinyError("The form was not whole.", "Send it again.") from None
    return redirect("publish-work", token)


@shows(Permission.PUBLISH_PAPER)
def work(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a publication is that was begun; lead to it once it is there."""
    job = find_publication_work(actor_of(request), get_workspace(), token)
    if job is None:
        raise Http404
    if job.publication:
        return redirect("publication", job.publication)
    return render_page(
        request,
        "pages/publication_work.html",
        title=_TITLES.get(job.state, "Publishing"),
        here="publications",
        script="intake.js",
        token=token,
        is_over=job.state.is_over,
        said=job.said or _STANDS.get(job.state, ""),
        whom=_WHOM[Audience(job.asked["audience"])],
    )


# ---------- One publication ----------


@public_page
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """Show a publication: its papers, its headlines and every indicator."""
    one, frozen = _open(request, number)
    told, since = frozen.publication, frozen.beside.since
    folder = find_folder(get_workspace(), one.number, one.digest)
    response = render_page(
        request,
        "pages/publication.html",
        title=f"{one.title}, {format_date(told.today)}",
        here="publications",
        publication=told,
        one=one,
        readers=f"read by: {READERS[one.audience].lower()}",
        said=say_standing(one, frozen),
        papers=list_papers(read_manifest(folder, one.digest)),
        view=lay_out_overview(told, since, (), told.today),
        owed=tell_owed(frozen.beside.owed, told.today),
        words=words_of_sections(frozen),
        kept=frozen.beside.kept,
        since=since,
        was_owed=was_owed_of(frozen),
        facts=facts_of(one, frozen),
        to=addresses_of(number),
        twins=(
            ("CSV", "publication-csv", number),
            ("JSON", "publication-json", number),
        ),
    )
    return _keep_page(request, response, one)


@public_page
def publication_twin(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give a publication's headline figures as CSV or JSON."""
    one, frozen = _open(request, number)
    told = frozen.publication
    response = answer_twin(
        told,
        form,
        headline_figures(told),
        f"publication-{number}",
        page=f"publication {number}",
    )
    return _keep(response, one, _FOR_EVER)


@public_page
def publication_indicator(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Show one indicator as it was published."""
    one, frozen = _open(request, number)
    story = _find_story(frozen, key)
    if story.id != key:
        return redirect(reverse("publication-indicator", args=(number, story.id)))
    told, since = frozen.publication, frozen.beside.since
    trail = trail_of(frozen, story.code)
    words = [one for one in frozen.beside.words or () if one.key == story.code]
    response = render_page(
        request,
        "pages/publication_indicator.html",
        title=story.name,
        here="publications",
        publication=told,
        one=one,
        story=story,
        view=lay_out_indicator(told, story, asked_of(trail)),
        said=say_standing(one, frozen),
        changed=since.find(story.id),
        since=since,
        trail=trail,
        words=words,
        to=addresses_of(number),
        twins_at=reverse("publication-indicator", args=(number, story.id))[:-1],
    )
    return _keep_page(request, response, one)


@public_page
def publication_indicator_twin(
    request: HttpRequest, number: int, key: str, form: str
) -> HttpResponse:
    """Give the figures of one indicator as they were published."""
    one, frozen = _open(request, number)
    story, told = _find_story(frozen, key), frozen.publication
    figures = indicator_figures(told, story.id)
    name = f"publication-{number}-{story.id}"
    response = answer_twin(told, form, figures, name, indicator=story.id)
    return _keep(response, one, _FOR_EVER)


@public_page
def publication_paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Give one of the papers, byte for byte as it was published."""
    one = _find(request, number)
    folder = find_folder(get_workspace(), one.number, one.digest)
    manifest = read_manifest(folder, one.digest)
    path = f"{PAPERS}/{name}"
    if path not in manifest.files:
        raise Http404("There is no such paper.")
    content = make_finder(folder, manifest)(path).read_bytes()
    return _keep(give_file(content, name), one, _FOR_EVER)
