"""Figures for a reader's own tools: addresses that stay, and the keys that open them."""

import io
import json
from datetime import date
from typing import Any, Final

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import keep_shown
from openscrutiny.indicators.dictionary import as_dict
from openscrutiny.indicators.metricflow import as_metricflow
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.feeds.keeping import (
    LASTS,
    list_audiences,
    list_keys,
    make_key,
    note_taken,
    withdraw_key,
)
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.typing_in import day_of
from openscrutiny.spreadsheets import plain_counts, whole_counts, write_csv
from openscrutiny.web.guards import RIGHT, Wrong, actor_of, changes, shows, takes_key
from openscrutiny.web.presenters.twins import compared_indicators
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import give_file, render_page

# What a tool may narrow figures by, each as often as it likes.
_NARROWS: Final = ("indicator", "period_type", "breakdown", "source")
_FIELDS: Final = ("label", "audience", "until")  # of the form that makes a key
_WHOSE: Final = {
    Audience.OFFICERS: "Officers’ figures, small numbers among them",
    Audience.MEMBERS: "Members’ figures: small numbers hidden",
}


class _AskedWrongError(Exception):
    """A tool asked for what there is not; the message says what and what to do."""


@takes_key
@shows(Permission.SEE_FIGURES)
def figures(request: HttpRequest, form: str) -> HttpResponse:
    """Give the figures that the reader may see: FIGURE_COLUMNS and `held`.

    `?indicator=FD2&period_type=month&since=2025-04-30` narrows them; 404 before the
    first build, 400 where a name, code or day is none.
    """
    return _answer(request, form, "figures", lambda p: keep_shown(p.figures))


@takes_key
@shows(Permission.SEE_FIGURES)
def comparison(request: HttpRequest, form: str) -> HttpResponse:
    """Give every authority's published figure beside ours, as `compare` does."""
    return _answer(request, form, "comparison", compared_indicators)


@takes_key
@shows(Permission.SEE_FIGURES)
def definitions(request: HttpRequest) -> HttpResponse:
    """Give each definition in words and parts."""
    publication = _find(request)
    if publication is None:
        return _refuse(404, "No figures are built yet.")
    body = [as_dict(one) for one in publication.definitions]
    text = json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@takes_key
@shows(Permission.SEE_FIGURES)
def metricflow(request: HttpRequest) -> HttpResponse:
    """Give the definitions as MetricFlow reads them."""
    publication = _find(request)
    if publication is None:
        return _refuse(404, "No figures are built yet.")
    return HttpResponse(
        as_metricflow(publication.definitions),
        content_type="application/yaml; charset=utf-8",
    )


def _find(request: HttpRequest) -> Publication | None:
    """Find what the key opens, or what the signed-in reader sees; note that it was."""
    holder = getattr(request, "key_holder", None)
    if holder is None:
        return get_publications().current(request.user.audience)
    note_taken(holder, localdate())
    return get_publications().current(holder.audience)


def _answer(request: HttpRequest, form: str, rows: str, of: Any) -> HttpResponse:
    publication = _find(request)
    if publication is None:
        return _refuse(404, "No figures are built yet: run openscrutiny build.")
    try:
        frame = _narrow(request, of(publication), publication)
    except _AskedWrongError as error:
        return _refuse(400, str(error))
    content = _write(publication, frame, form, rows)
    answer = give_file(content, f"{rows}.{form}", inline=True)
    answer.headers["OpenScrutiny-Snapshot"] = str(publication.number)
    answer.headers["OpenScrutiny-Audience"] = publication.audience.value
    return answer


def _narrow(
    request: HttpRequest, frame: pl.DataFrame, publication: Publication
) -> pl.DataFrame:
    """Keep the rows that were asked for; what cannot be asked is refused, not ignored."""
    for name in request.GET:
        wanted = request.GET.getlist(name)
        if name == "since" and "period_end" in frame.columns:
            frame = frame.filter(pl.col("period_end") >= _day(wanted[-1]))
        elif name in _NARROWS and name in frame.columns:
            if name == "indicator":
                wanted = [_id_of(publication, one) for one in wanted]
            frame = frame.filter(pl.col(name).is_in(wanted))
        else:
            can = [one for one in (*_NARROWS, "since") if _has(frame, one)]
            raise _AskedWrongError(
                f"These figures cannot be narrowed by “{name[:40]}”. "
                f"They can by: {', '.join(can)}."
            )
    return frame


def _has(frame: pl.DataFrame, name: str) -> bool:
    return ("period_end" if name == "since" else name) in frame.columns


def _id_of(publication: Publication, name: str) -> str:
    for one in publication.definitions:
        if name.lower() in (one.id.lower(), one.code.lower()):
            return one.id
    raise _AskedWrongError(
        f"There is no indicator “{name[:40]}”. /feeds/definitions.json lists them."
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _AskedWrongError(
            f"“{text[:20]}” is no day. Give it as 2025-04-30."
        ) from None


def _write(
    publication: Publication, frame: pl.DataFrame, form: str, rows: str
) -> str | bytes:
    has_parts = {"numerator", "denominator"} <= set(frame.columns)
    if form == "csv":
        return write_csv(plain_counts(frame) if has_parts else frame)
    if form == "json":
        told = whole_counts(frame) if has_parts else frame
        facts = {
            "area_code": publication.area_code,
            "area_name": publication.area_name,
            "snapshot": publication.number,
            "as_at": publication.as_at.isoformat(),
            "audience": publication.audience.value,
        }
        head = json.dumps(facts, ensure_ascii=False)[:-1]
        return f'{head}, "{rows}": {told.write_json()}}}\n'
    packed = io.BytesIO()
    frame.write_parquet(packed)
    return packed.getvalue()


def _refuse(status: int, words: str) -> HttpResponse:
    return HttpResponse(
        words + "\n", status=status, content_type="text/plain; charset=utf-8"
    )


# ---------- The keys ----------


@shows(Permission.TAKE_FIGURES)
def feeds(request: HttpRequest, wrong: Wrong = RIGHT, **_: Any) -> HttpResponse:
    """List a reader's own keys, and say how tools are given them."""
    actor, today = actor_of(request), localdate()
    whose = [(one.value, _WHOSE[one]) for one in list_audiences(actor)]
    begun = {"label": "", "audience": whose[-1][0], "until": ""}
    return render_page(
        request,
        "pages/feeds.html",
        title="Figures for your own tools",
        here="feeds",
        keys=list_keys(actor, today),
        whose=whose,
        words_of=_WHOSE,
        typed={name: request.POST.get(name, begun[name]) for name in _FIELDS},
        wrong=wrong.by_field(*_FIELDS),
        latest=today + LASTS,
        at=request.build_absolute_uri("/feeds/"),
        name=actor.name,
    )


@changes(Permission.TAKE_FIGURES, feeds)
def add(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this once."""
    label, audience, until = (request.POST.get(name, "") for name in _FIELDS)
    last = day_of(until, slashes=False, field="until")
    key = make_key(actor_of(request), label, audience, localdate(), last)
    return render_page(
        request,
        "pages/feeds_key.html",
        title="Your new key",
        here="feeds",
        key=key,
        label=label.strip(),
        at=request.build_absolute_uri("/feeds/figures.csv"),
    )


@changes(Permission.TAKE_FIGURES, feeds)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a key; one that is withdrawn already stays so."""
    withdraw_key(actor_of(request), number)
    return redirect("feeds")
