"""Every address of the application, in one list."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from openscrutiny.web.keys import MeasureKey
from openscrutiny.web.views import (
    account,
    audit,
    commentary,
    data,
    decisions,
    easy,
    feeds,
    following,
    indicators,
    intake,
    meetings,
    minutes,
    overview,
    people,
    placing,
    plain,
    presenting,
    publications,
    published,
    rows,
    scorecards,
    search,
    second_factor,
    single_sign_on,
    trail,
    years,
)

DATA = ("csv", "json")
FEEDS = (*DATA, "parquet")

register_converter(MeasureKey, "measure")


def twins(
    at: str, view: Callable[..., HttpResponse], name: str, forms: Sequence[str] = DATA
) -> list[URLPattern]:
    """Give one address for each form that a view answers in, by its ending."""
    return [
        path(f"{at}.{form}", view, {"form": form}, name=f"{name}-{form}")
        for form in forms
    ]


urlpatterns = [
    path("", overview.overview, name="overview"),
    *twins("overview", overview.overview_twin, "overview"),
    path("not-shown/", overview.unshown, name="unshown"),
    path("search/", search.search, name="search"),
    path("indicators/", indicators.indicator_list, name="indicators"),
    *twins("indicators/<str:key>", indicators.indicator_twin, "indicator"),
    path("indicators/<str:key>/", indicators.indicator, name="indicator"),
    path("indicators/<str:key>/compare/", indicators.compare, name="compare"),
    *twins("indicators/<str:key>/compare", placing.compare_twin, "compare"),
    path("indicators/<str:key>/rows/", rows.rows, name="rows"),
    path("indicators/<str:key>/rebase/", decisions.rebase, name="rebase"),
    path(
        "indicators/<str:key>/rebase/<int:number>/withdraw/",
        decisions.withdraw_rebase_view,
        name="rebase-withdraw",
    ),
    path("profile/", placing.profile, name="profile"),
    *twins("profile", placing.profile_twin, "profile"),
    path("profile/published/", published.profile, name="published"),
    *twins("profile/published", published.profile_twin, "published"),
    *twins("published/<measure:key>", published.measure_twin, "measure"),
    path("published/<measure:key>/", published.measure, name="measure"),
    path("authorities/", placing.authorities, name="authorities"),
    path("neighbours/", placing.neighbours, name="neighbours"),
    *twins("neighbours", placing.neighbours_twin, "neighbours"),
    path("targets/", decisions.targets, name="targets"),
    path("targets/<str:key>/", decisions.target, name="target"),
    path(
        "targets/<str:key>/restore/<int:number>/",
        decisions.restore_target,
        name="target-restore",
    ),
    path("events/", decisions.events, name="events"),
    path("events/add/", decisions.add_event_view, name="event-add"),
    path(
        "events/<int:number>/withdraw/",
        decisions.withdraw_event_view,
        name="event-withdraw",
    ),
    path("trail/", trail.trail, name="trail"),
    path("trail.csv", trail.trail_csv, name="trail-csv"),
    path("trail.json", trail.trail_json, name="trail-json"),
    path("trail.xlsx", trail.trail_xlsx, name="trail-xlsx"),
    path("trail/add/", trail.trail_add, name="trail-add"),
    path("trail/load/", trail.trail_load, name="trail-load"),
    path("trail/<int:number>/", trail.entry, name="trail-entry"),
    path("sign-off/", commentary.sign_off, name="sign-off"),
    path("sign-off/act/", commentary.sign_off_act, name="sign-off-act"),
    path("sign-off/part/", commentary.sign_off_part, name="sign-off-part"),
    path("sign-off/words/<str:key>/", commentary.words, name="words"),
    path("minutes/", minutes.minutes, name="minutes"),
    path("minutes/profile/", minutes.minutes_profile, name="minutes-profile"),
    path("minutes/add/", minutes.minutes_add, name="minutes-add"),
    path("minutes/<int:number>/", minutes.minutes_item, name="minutes-item"),
    path("minutes/<int:number>/decide/", minutes.minutes_decide, name="minutes-decide"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/add/", meetings.add, name="meeting-add"),
    path("meetings/timetable/", meetings.timetable, name="timetable"),
    path("meetings/<int:number>/", meetings.meeting, name="meeting"),
    path(
        "meetings/<int:number>/change/", meetings.meeting_change, name="meeting-change"
    ),
    path("meetings/<int:number>/plan/", meetings.meeting_plan, name="meeting-plan"),
    path("meetings/<int:number>/due/", meetings.meeting_mark, name="meeting-mark"),
    path(
        "meetings/<int:number>/agenda/", meetings.meeting_agenda, name="meeting-agenda"
    ),
    path("meetings/<int:number>/order/", meetings.meeting_order, name="meeting-order"),
    path("meetings/<int:number>/ask/", meetings.meeting_ask, name="meeting-ask"),
    path("trail/<int:number>/answer/", meetings.question_answer, name="trail-answer"),
    path("trail/<int:number>/response/", following.response, name="trail-response"),
    path("following/", following.following, name="following"),
    path("following/change/", following.follow_change, name="follow-change"),
    path("programme/", following.programme, name="programme"),
    path("programme/add/", following.programme_add, name="programme-add"),
    path("programme/decide/", following.programme_decide, name="programme-decide"),
    path("present/", presenting.present_next, name="present-next"),
    path("meetings/<int:number>/present/", presenting.present, name="present"),
    path("meetings/<int:number>/said/", presenting.present_said, name="present-said"),
    path("meetings/<int:number>/notes/", presenting.notes, name="meeting-notes"),
    *twins("meetings/<int:number>/agenda", presenting.cover, "cover", ("html", "docx")),
    *twins(
        "meetings/<int:number>/minute", presenting.minute, "minute", ("html", "docx")
    ),
    path("data/", data.data, name="data"),
    path("data/loads/<int:load_id>/", data.load, name="load"),
    path("data/loads/<int:load_id>/mend.csv", data.mend, name="load-mend"),
    path("data/loads/<int:load_id>/undo/", intake.undo, name="load-undo"),
    path("data/in/", intake.data_in, name="data-in"),
    path("data/in/add/", intake.add, name="data-in-add"),
    path("data/in/build/", intake.build, name="data-in-build"),
    path("data/in/confirm/", intake.confirm, name="data-in-confirm"),
    path("data/in/<str:token>/", intake.job, name="data-in-job"),
    path("data/in/<str:token>/stop/", intake.stop, name="data-in-stop"),
    path("data/in/<str:token>/map/", intake.map_sheet, name="data-in-map"),
    path("data/scorecards/", scorecards.scorecards, name="scorecards"),
    path("data/scorecards/add/", scorecards.add, name="scorecard-add"),
    path("data/scorecards/<str:token>/", scorecards.draft, name="scorecard"),
    path("easy-read/", easy.easy_read, name="easy-read"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.add, name="feed-key-add"),
    path("feeds/<int:number>/withdraw/", feeds.withdraw, name="feed-key-withdraw"),
    *twins("feeds/figures", feeds.figures, "feed-figures", FEEDS),
    *twins("feeds/comparison", feeds.comparison, "feed-comparison", FEEDS),
    path("feeds/definitions.json", feeds.definitions, name="feed-definitions"),
    path("feeds/metricflow.yml", feeds.metricflow, name="feed-metricflow"),
    path("publications/", publications.publications, name="publications"),
    *twins("publications", publications.publications_twin, "publications"),
    path("publications/year/", years.year_paper, name="year-paper"),
    path("publications/publish/", publications.publish, name="publish"),
    path("publications/progress/<str:token>/", publications.work, name="publish-work"),
    path("publications/<int:number>/", publications.publication, name="publication"),
    *twins("publications/<int:number>", publications.publication_twin, "publication"),
    *twins(
        "publications/<int:number>/indicators/<str:key>",
        publications.publication_indicator_twin,
        "publication-indicator",
    ),
    path(
        "publications/<int:number>/indicators/<str:key>/",
        publications.publication_indicator,
        name="publication-indicator",
    ),
    path(
        "publications/<int:number>/papers/<str:name>",
        publications.publication_paper,
        name="publication-paper",
    ),
    path("audit/", audit.audit, name="audit"),
    path("audit.csv", audit.audit_csv, name="audit-csv"),
    path("audit/check/", audit.audit_check, name="audit-check"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="person-add"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/reset/", people.reset, name="person-reset"),
    path(
        "people/<int:number>/second-factor/",
        people.reset_second_factor,
        name="person-factor",
    ),
    path("people/<int:number>/teams/", people.give, name="person-teams"),
    path("people/<int:number>/role/", people.change, name="person-role"),
    path("people/<int:number>/leave/", people.leave, name="person-leave"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-in/demo/", account.sign_in_demo, name="sign-in-demo"),
    path("sign-in/code/", second_factor.sign_in_code, name="sign-in-code"),
    path("sign-in/single/", single_sign_on.sign_on, name="sign-on"),
    path("sign-in/back/", single_sign_on.sign_on_back, name="sign-on-back"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path(
        "account/second-factor/change/",
        second_factor.second_factor_change,
        name="second-factor-change",
    ),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("healthz", plain.healthz, name="healthz"),
    path("brand.css", plain.brand, name="brand"),
    path("static/<str:digest>/<str:name>", plain.static, name="static"),
]

handler400 = "openscrutiny.web.views.plain.bad_request"
handler403 = "openscrutiny.web.views.plain.forbidden"
handler404 = "openscrutiny.web.views.plain.not_found"
handler500 = "openscrutiny.web.views.plain.broken"
