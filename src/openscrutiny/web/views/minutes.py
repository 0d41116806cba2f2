"""Minutes taken in, and what a person makes of each proposal that they hold."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission
from openscrutiny.scrutiny.trail.comparing import compare_with_earlier
from openscrutiny.scrutiny.trail.deciding import accept, drop
from openscrutiny.scrutiny.trail.joining import find_joins
from openscrutiny.scrutiny.trail.listing import list_minutes, list_proposals
from openscrutiny.scrutiny.trail.profiles import (
    find_unknown_codes,
    learn_code,
    profile_path,
    read_own_profile,
)
from openscrutiny.scrutiny.trail.recasting import (
    KINDS_OF_PROPOSAL,
    correct,
    merge,
    split,
)
from openscrutiny.scrutiny.trail.taking_in import take_in_minutes
from openscrutiny.web.guards import RIGHT, Wrong, actor_of, changes, sent_number, shows
from openscrutiny.web.presenters.trail import FEELINGS, lay_out_cuts, lay_out_source
from openscrutiny.web.rendering import get_workspace, render_page

_MAX_UPLOAD: Final = 20_000_000


@shows(Permission.DECIDE_TRAIL)
def minutes(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List the minutes that were read, and take in more."""
    return render_page(
        request,
        "pages/minutes.html",
        title="Minutes read in",
        here="trail",
        items=list_minutes(actor_of(request)),
        meetings=Meeting.objects.order_by("-date", "-id"),
        asked=request.POST.get("meeting") or request.GET.get("meeting", ""),
        typed=request.POST.get("text", ""),
        wrong=wrong,
    )


@changes(Permission.DECIDE_TRAIL, minutes)
def minutes_add(request: HttpRequest) -> HttpResponse:
    """Read a file of minutes, or text that was pasted, into proposals."""
    given = request.FILES.get("file")
    pasted = request.POST.get("text", "")
    if given is None and not pasted.strip():
        raise OpenScrutinyError("Choose a file, or paste the text of the minutes.")
    if given is not None and given.size > _MAX_UPLOAD:
        raise OpenScrutinyError("This file is larger than minutes are.")
    name = given.name if given else "pasted text"
    data = given.read() if given else pasted.encode()
    meeting = sent_number(request, "meeting")
    take_in_minutes(actor_of(request), get_workspace(), name, data, meeting=meeting)
    return redirect("minutes")


@shows(Permission.DECIDE_TRAIL)
def minutes_item(
    request: HttpRequest, number: int, wrong: Wrong = RIGHT
) -> HttpResponse:
    """Show one item: its text with what is proposed marked, and a decision for each."""
    actor = actor_of(request)
    item = next((i for i in list_minutes(actor) if i["number"] == number), None)
    if item is None:
        raise Http404
    proposals = list_proposals(actor, item=number)
    return render_page(
        request,
        "pages/minutes_item.html",
        title=item["title"] or item["file"],
        here="trail",
        item=item,
        source=lay_out_source(item["text"], proposals),
        proposals=[(one, lay_out_cuts(one["text"])) for one in proposals],
        kinds=[(kind.value, kind.value.capitalize()) for kind in KINDS_OF_PROPOSAL],
        feelings=FEELINGS,
        replaced=len(list_proposals(actor, item=number, replaced=True))
        - len(proposals),
        changes=compare_with_earlier(actor, number),
        joins=find_joins(actor, number),
        script="proposals.js",
        waiting=sum(one["state"] == "proposed" for one in proposals),
        wrong=wrong,
    )


@changes(Permission.DECIDE_TRAIL, minutes_item)
def minutes_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept, drop, cut, join or rename one proposal; or accept all that wait."""
    key = _decide(request, number)
    if not key:
        return redirect("minutes-item", number)
    return redirect(f"{reverse('minutes-item', args=[number])}#q{key}")


def _decide(request: HttpRequest, number: int) -> str:
    """Do what one form of the page asks; give the proposal to go on with, if any."""
    actor, sent = actor_of(request), request.POST
    if "all" in sent:
        accept(_waiting(actor, number), actor)
    elif "drop" in sent:
        drop([sent["drop"]], actor)
    elif "split" in sent:
        at = sent_number(request, "at") or 0
        return split(sent["split"], actor, at, sent.get("kind", ""))[0]
    elif "merge" in sent:
        return merge(sent["merge"], actor)
    elif "call" in sent:
        return correct(get_workspace(), sent["call"], actor, sent.get("kind", ""))
    else:
        text = " ".join(sent.get("wording", "").split())
        key = sent.get("accept", "")
        links = _links(actor, number, key, sent.get("links", ""))
        felt = sent.get("feeling")
        accept([key], actor, text=text or None, links=links, feeling=felt)
        if links:
            _learn_code(actor, number, key, links)
    return ""


def _learn_code(actor: Actor, number: int, key: str, links: list[str]) -> None:
    """Learn a code that the council alone uses, where one indicator was given for it."""
    said = next(
        (one["text"] for one in list_proposals(actor, item=number) if one["id"] == key),
        "",
    )
    own = find_unknown_codes(said)
    if len(links) == 1 and len(own) == 1:
        learn_code(get_workspace(), own[0], links[0], actor.name)


@shows(Permission.DECIDE_TRAIL)
def minutes_profile(request: HttpRequest) -> HttpResponse:
    """Show the council's own ways of saying, as they stand in its file."""
    wrong, text = "", ""
    try:
        text = read_own_profile(get_workspace()).text
    except OpenScrutinyError as error:
        wrong = error.said
    return render_page(
        request,
        "pages/minutes_profile.html",
        title="How this council’s minutes say things",
        here="trail",
        text=text,
        file=profile_path(get_workspace()).name,
        wrong=wrong,
        status=200,
    )


def _waiting(actor: Actor, number: int) -> list[str]:
    return [
        one["id"]
        for one in list_proposals(actor, item=number)
        if one["state"] == "proposed" and not one["why"]
    ]


def _links(actor: Actor, number: int, key: str, text: str) -> list[str] | None:
    """Read codes that somebody typed; None where they are those that are proposed.

    Raises:
        OpenScrutinyError: a word names no indicator.
    """
    codes = [find_indicator(word).code for word in text.replace(",", " ").split()]
    for one in list_proposals(actor, item=number):
        indicators = [k["key"] for k in one["links"] if k["to"] == "indicator"]
        if one["id"] == key and indicators == codes:
            return None
    return codes
