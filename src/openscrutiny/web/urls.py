"""Every address of the application, in one list."""

from django.urls import path, register_converter

from openscrutiny.web.keys import MeasureKey
from openscrutiny.web.views import (
    account,
    audit,
    commentary,
    data,
    decisions,
    easy,
    following,
    indicators,
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
    trail,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# What a page’s twin is answered as.
CSV, JSON = {"form": "csv"}, {"form": "json"}

register_converter(MeasureKey, "measure")

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("overview.csv", overview.overview_twin, CSV, name="overview-csv"),
    path("overview.json", overview.overview_twin, JSON, name="overview-json"),
    path("not-shown/", overview.unshown, name="unshown"),
    path("search/", search.search, name="search"),
    path("indicators/", indicators.indicator_list, name="indicators"),
    path(
        "indicators/<str:key>.csv", indicators.indicator_twin, CSV, name="indicator-csv"
    ),
    path(
        "indicators/<str:key>.json",
        indicators.indicator_twin,
        JSON,
        name="indicator-json",
    ),
    path("indicators/<str:key>/", indicators.indicator, name="indicator"),
    path("indicators/<str:key>/compare/", indicators.compare, name="compare"),
    path(
        "indicators/<str:key>/compare.csv",
        placing.compare_twin,
        CSV,
        name="compare-csv",
    ),
    path(
        "indicators/<str:key>/compare.json",
        placing.compare_twin,
        JSON,
        name="compare-json",
    ),
    path("indicators/<str:key>/rows/", rows.rows, name="rows"),
    path("indicators/<str:key>/rebase/", decisions.rebase, name="rebase"),
    path(
        "indicators/<str:key>/rebase/<int:number>/withdraw/",
        decisions.withdraw_rebase_view,
        name="rebase-withdraw",
    ),
    path("profile/", placing.profile, name="profile"),
    path("profile.csv", placing.profile_twin, CSV, name="profile-csv"),
    path("profile.json", placing.profile_twin, JSON, name="profile-json"),
    path("profile/published/", published.profile, name="published"),
    path("profile/published.csv", published.profile_twin, CSV, name="published-csv"),
    path("profile/published.json", published.profile_twin, JSON, name="published-json"),
    path(
        "published/<measure:key>.csv", published.measure_twin, CSV, name="measure-csv"
    ),
    path(
        "published/<measure:key>.json",
        published.measure_twin,
        JSON,
        name="measure-json",
    ),
    path("published/<measure:key>/", published.measure, name="measure"),
    path("authorities/", placing.authorities, name="authorities"),
    path("neighbours/", placing.neighbours, name="neighbours"),
    path("neighbours.csv", placing.neighbours_twin, CSV, name="neighbours-csv"),
    path("neighbours.json", placing.neighbours_twin, JSON, name="neighbours-json"),
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
    path(
        "meetings/<int:number>/agenda.html",
        presenting.cover,
        {"form": "html"},
        name="cover-html",
    ),
    path(
        "meetings/<int:number>/agenda.docx",
        presenting.cover,
        {"form": "docx"},
        name="cover-docx",
    ),
    path("data/", data.data, name="data"),
    path("data/loads/<int:load_id>/", data.load, name="load"),
    path("data/scorecards/", scorecards.scorecards, name="scorecards"),
    path("data/scorecards/add/", scorecards.add, name="scorecard-add"),
    path("data/scorecards/build/", scorecards.build, name="scorecard-build"),
    path("data/scorecards/<str:token>/", scorecards.draft, name="scorecard"),
    path("easy-read/", easy.easy_read, name="easy-read"),
    path("publications/", publications.publications, name="publications"),
    path(
        "publications.csv",
        publications.publications_twin,
        CSV,
        name="publications-csv",
    ),
    path(
        "publications.json",
        publications.publications_twin,
        JSON,
        name="publications-json",
    ),
    path("publications/publish/", publications.publish, name="publish"),
    path("publications/<int:number>/", publications.publication, name="publication"),
    path(
        "publications/<int:number>.csv",
        publications.publication_twin,
        CSV,
        name="publication-csv",
    ),
    path(
        "publications/<int:number>.json",
        publications.publication_twin,
        JSON,
        name="publication-json",
    ),
    path(
        "publications/<int:number>/indicators/<str:key>.csv",
        publications.publication_indicator_twin,
        CSV,
        name="publication-indicator-csv",
    ),
    path(
        "publications/<int:number>/indicators/<str:key>.json",
        publications.publication_indicator_twin,
        JSON,
        name="publication-indicator-json",
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
    path("people/<int:number>/role/", people.change, name="person-role"),
    path("people/<int:number>/leave/", people.leave, name="person-leave"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-in/demo/", account.sign_in_demo, name="sign-in-demo"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("account/password/", account.password, name="password"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("healthz", plain.healthz, name="healthz"),
    path("brand.css", plain.brand, name="brand"),
    path("static/<str:digest>/<str:name>", plain.static, name="static"),
]

handler400 = "openscrutiny.web.views.plain.bad_request"
handler403 = "openscrutiny.web.views.plain.forbidden"
handler404 = "openscrutiny.web.views.plain.not_found"
handler500 = "openscrutiny.web.views.plain.broken"
