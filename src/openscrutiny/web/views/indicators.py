"""The list of indicators, and one indicator with its twins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.meetings.following import is_following
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.scorecards import list_mappings
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.asking import read_trail
from openscrutiny.web.choosing import find_as_asked, lay_out_choices
from openscrutiny.web.frozen_ones import list_holding
from openscrutiny.web.guards import actor_of, may_here, shows
from openscrutiny.web.presenters.authorities import lay_out_authorities
from openscrutiny.web.presenters.indicator import lay_out_indicator
from openscrutiny.web.presenters.themes import fold_stories
from openscrutiny.web.presenters.twins import answer_twin, indicator_figures
from openscrutiny.web.presenters.where_used import find_uses
from openscrutiny.web.rendering import (
    find_publication,
    get_workspace,
    render_nothing_built,
    render_page,
    since_for,
)
from openscrutiny.web.views.commentary import read_section_words, read_words_here

# What a council defines itself is not followed by its code yet.
_FOLLOWED = frozenset(one.code for one in INDICATORS)


@shows(Permission.SEE_FIGURES)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """List all indicators with their figures."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "indicators")
    return render_page(
        request,
        "pages/indicators.html",
        title="Indicators",
        here="indicators",
        publication=publication,
        folds=fold_stories(request, publication),
        words={
            section.name: read_section_words(request, publication, section.name)
            for section in publication.sections
        },
        twins=(("CSV", "overview-csv", ""), ("JSON", "overview-json", "")),
    )


@shows(Permission.SEE_FIGURES)
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """Show one indicator: what is asked of it first, and what is behind it folded."""
    publication, story = find_story(key, find_as_asked(request))
    if story.id != key:
        return go_on(request, "indicator", story.id)
    since = since_for(publication)
    trail = read_trail(request, story.code)
    return render_page(
        request,
        "pages/indicator.html",
        title=story.name,
        here="indicators",
        publication=publication,
        story=story,
        view=lay_out_indicator(publication, story, trail),
        **lay_out_choices(request, publication),
        since=since,
        changed=since.find(story.id),
        may_see_rows=may_here(request, Permission.SEE_ROWS),
        may_decide=may_here(request, Permission.DECIDE),
        trail=trail,
        used=find_uses(
            publication,
            story,
            list_holding(get_workspace(), story.id, publication.audience),
            trail,
            list_mappings(actor_of(request), get_workspace())
            if may_here(request, Permission.GIVE_FIGURES)
            else None,
        ),
        words=read_words_here(request, publication, story),
        may_write=may_here(request, Permission.WRITE_COMMENTARY),
        followed=is_following(actor_of(request), "indicator", story.code),
        may_follow=story.code in _FOLLOWED,
        may_request=may_here(request, Permission.REQUEST),
        twins=(
            ("CSV", "indicator-csv", story.id),
            ("JSON", "indicator-json", story.id),
        ),
    )


@shows(Permission.SEE_FIGURES)
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """Show every authority's published figure of one indicator."""
    publication, story = find_story(key, find_as_asked(request))
    if story.id != key:
        return go_on(request, "compare", story.id)
    return render_page(
        request,
        "pages/compare.html",
        title=f"{story.name}: all authorities",
        here="authorities",
        publication=publication,
        story=story,
        everybody=lay_out_authorities(request, story.authorities),
        **lay_out_choices(request, publication),
        twins=(
            ("CSV", "compare-csv", story.id),
            ("JSON", "compare-json", story.id),
        ),
    )


@shows(Permission.SEE_FIGURES)
def indicator_twin(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give one indicator's figures as CSV or JSON."""
    publication, story = find_story(key, find_publication(request))
    if story.id != key:
        return redirect(f"indicator-{form}", story.id)
    figures = indicator_figures(publication, story.id)
    about = {"page": story.id, "code": story.code, "name": story.name}
    return answer_twin(publication, form, figures, story.id, **about)


def find_story(
    key: str, publication: Publication | None
) -> tuple[Publication, IndicatorStory]:
    """Find an indicator among what is told; 404 where there is none."""
    story = publication.find(key) if publication else None
    if publication is None or story is None:
        raise Http404
    return publication, story


def go_on(request: HttpRequest, page: str, key: str) -> HttpResponse:
    """Lead from a code to the indicator's own address, with the state of the page."""
    query = request.GET.urlencode()
    return redirect(f"{reverse(page, args=[key])}{f'?{query}' if query else ''}")
