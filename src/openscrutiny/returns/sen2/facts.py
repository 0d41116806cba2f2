"""What one SEN2 export says of one fact more than once, or against itself.

Keys tell lines apart, not facts: a child that stands in an export twice brings its
requests and plans a second time under keys of their own.
"""

from typing import Final

import polars as pl

from openscrutiny.layouts.sen2 import KEYS
from openscrutiny.returns.cleaning import Rows

# Outcomes of requests and assessments, by the letters of `layouts.codes.PLAN_OUTCOME`.
ISSUED: Final = "Y"
HISTORICAL: Final = "H"
_UNDECIDED: Final = "A"

# The date that tells a child's facts of one module apart.
FACT_DATE: Final = {"requests": "receiveddate", "namedplan": "startdate"}
# A plan may be kept to the end of the academic year, in August, in which somebody turns
# 25 (Children and Families Act 2014, section 46).
_OLDEST: Final = 25
_LAST_MONTH: Final = 8
# Keys of the export, and what they were turned into.
_OWN: Final = (*KEYS, "request", "fact")
_CORRECT: Final = "Correct the line that is wrong and load the file again."


def link_once(name: str, rows: Rows) -> pl.DataFrame:
    """Keep each fact of a module once, and give the links for its children.

    What hangs on a line that was left out is linked to the line that was kept.
    """
    links = rows.frame.select(c for c in rows.frame.columns if c in (*_OWN, "person"))
    match name:
        case "person":
            _keep_each_child(rows)
        case "requests":
            links = _keep_each_request(rows, links)
        case "namedplan":
            ended = pl.col("ehcn_named_plan_ceased_date")
            _keep_dated(
                rows, "ehcn_named_plan_start_date", [ended.is_not_null(), ended]
            )
        case "assessment":
            _tell_of_request(rows, "ehca_ehcp_assessment_outcome", "assessment")
        case "activeplans":
            links = _keep_each_active_plan(rows, links)
        case _:
            pass
    return links


def _keep_each_child(rows: Rows) -> None:
    """Keep a child once. What hangs on the second row stays, as the same child's."""
    described = ("pers_dob", "pers_sex", "pers_ethnicity")
    again = ~pl.struct("person").is_first_distinct()
    alike = ~pl.struct("person", *described).is_first_distinct()
    seen = rows.frame.select(again=again, alike=alike)
    rows.repeats += int((seen["again"] & seen["alike"]).sum())
    twice = rows.frame.filter(seen["again"] & ~seen["alike"])
    rows.differ += twice["person"].n_unique()
    rows.reject(
        again,
        "upn",
        "repeat",
        "An earlier line has the same upn, so this is the same child again. Its "
        "requests and plans were kept.",
        "Check whether two children share the number, and correct the one that is "
        "wrong.",
    )


def _keep_each_request(rows: Rows, links: pl.DataFrame) -> pl.DataFrame:
    """Keep one request of a child and day; its copies' children become its own."""
    outcome = pl.col("ehcr_ehcp_req_outcome")
    decided = outcome.is_not_null() & (outcome != _UNDECIDED)
    dated = rows.frame.select("requeststableid", "person", "ehcr_ehcp_req_date")
    _keep_dated(
        rows, "ehcr_ehcp_req_date", [decided, pl.col("ehcr_ehcp_req_outcome_date")]
    )
    kept = rows.frame.filter(pl.col("ehcr_ehcp_req_date").is_not_null()).select(
        "person", "ehcr_ehcp_req_date", request="requeststableid"
    )
    mapped = dated.join(
        kept, on=["person", "ehcr_ehcp_req_date"], how="left", maintain_order="left"
    ).select(pl.coalesce("request", "requeststableid").alias("request"))
    rows.frame = rows.frame.with_columns(request="requeststableid")
    return links.with_columns(mapped["request"])


def _keep_dated(rows: Rows, column: str, prefer: list[pl.Expr]) -> None:
    """Keep one line of a child and day; lines without the day are told apart."""
    apart = pl.concat_str(pl.lit("line "), pl.col("line").cast(pl.String))
    fact = pl.coalesce(pl.col(column).cast(pl.String), apart)
    rows.frame = rows.frame.with_columns(fact=fact)
    keys = [name for name in _OWN if name != "fact"]
    rows.one_per_fact("person", "fact", prefer=prefer, field=column, ignore=keys)
    rows.frame = rows.frame.drop("fact")


def _keep_each_active_plan(rows: Rows, links: pl.DataFrame) -> pl.DataFrame:
    """Leave out copies of an active plan; what hangs on them becomes the first's."""
    key = "activeplanstableid"
    told = [c for c in rows.frame.columns if c == "request" or c not in (*_OWN, "line")]
    first = rows.frame.select(pl.col(key).first().over(pl.struct(told)))[key]
    links = links.with_columns(plan=first)
    rows.frame = rows.frame.with_columns(plan=key)
    _tell_of_request(rows, "ehcp_review_meeting_date", "active plan")
    return links


def _tell_of_request(rows: Rows, field: str, what: str) -> None:
    """Leave out copies under one request; say where its lines differ, and keep them."""
    rows.drop_repeats(field, [c for c in _OWN if c != "request"] + ["plan"])
    twice = pl.struct("request").is_duplicated()
    rows.differ += rows.frame.filter(twice)["request"].n_unique()
    rows.note(
        twice,
        field,
        "differ",
        f"The request of this {what} has another one that says something else; both "
        "were kept, and figures that rest on them are not final.",
        _CORRECT,
    )


def tell_contradictions(rows: dict[str, Rows]) -> None:
    """Say where modules contradict each other: a plan without issue, or not listed."""
    if "assessment" not in rows or "namedplan" not in rows:
        return
    plans = rows["namedplan"].frame
    planned = plans["request"].unique().implode()
    outcome = pl.col("ehca_ehcp_assessment_outcome")
    told = rows["assessment"]
    told.set_aside(
        (outcome == ISSUED)
        & pl.col("ehca_ehcp_assessment_outcome_date").is_null()
        & pl.col("request").is_in(planned)
        & ~told.was_unread("ehca_ehcp_assessment_outcome_date"),
        "ehca_ehcp_assessment_outcome_date",
        "missing",
        "A plan of this assessment is there, and the day on which it was issued is "
        "not, so it is among no plans issued.",
        "Give the day of issue as assessmentoutcomedate.",
    )
    told.set_aside(
        outcome.is_null()
        & (
            pl.col("ehca_ehcp_assessment_outcome_date").is_not_null()
            | pl.col("request").is_in(planned)
        )
        & ~told.was_unread("ehca_ehcp_assessment_outcome"),
        "ehca_ehcp_assessment_outcome",
        "missing",
        "The assessment ended, and its outcome is empty or could not be read.",
        "Give the outcome by its letter: Y, N, A, W or H.",
    )
    _tell_dates_of_request(told, rows.get("requests"))
    _tell_dates_of_issue(told, rows["namedplan"])
    if "activeplans" in rows:
        listed = rows["activeplans"].frame["request"].unique().implode()
        rows["namedplan"].note(
            pl.col("ehcn_named_plan_ceased_date").is_null()
            & ~pl.col("request").is_in(listed),
            "ehcn_named_plan_ceased_date",
            "active",
            "This plan has not ended and is not among the active plans: whether it was "
            "reviewed is not known.",
            "Add it to activeplans, or give the day on which it ceased.",
        )


def tell_ages(rows: dict[str, Rows], year: int) -> None:
    """Note plans without an end of people who are past the age for one in this year."""
    if "person" not in rows or "namedplan" not in rows:
        return
    people, plans = rows["person"].frame, rows["namedplan"]
    born = pl.col("pers_dob")
    later = (born.dt.month() > _LAST_MONTH).cast(pl.Int32)
    past = people.filter(born.dt.year() + _OLDEST + later <= year)["person"]
    plans.note(
        pl.col("ehcn_named_plan_ceased_date").is_null()
        & pl.col("person").is_in(past.implode()),
        "ehcn_named_plan_ceased_date",
        "age",
        "No plan is kept beyond the academic year in which somebody turns 25, and this "
        "one has not ended. It counts as in force.",
        "Give the day on which it ceased, or correct the date of birth.",
    )


def _tell_dates_of_request(assessments: Rows, requests: Rows | None) -> None:
    """Mark outcomes dated before the request was received: one of the two is wrong."""
    if requests is None:
        return
    received = requests.frame.select("request", received="ehcr_ehcp_req_date")
    dated = assessments.frame.join(
        received.unique("request", keep="first"),
        on="request",
        how="left",
        maintain_order="left",
    )
    column = "ehca_ehcp_assessment_outcome_date"
    assessments.set_aside(
        pl.lit(dated[column] < dated["received"]),
        column,
        "order",
        "The assessment ended before its request was received (receiveddate): one of "
        "the two is wrong.",
        "Correct assessmentoutcomedate or receiveddate.",
    )


def _tell_dates_of_issue(assessments: Rows, plans: Rows) -> None:
    """Note plans whose current version is older than their issue."""
    issued = assessments.frame.filter(pl.col("ehca_ehcp_assessment_outcome") == ISSUED)
    days = issued.group_by("request").agg(
        issued=pl.col("ehca_ehcp_assessment_outcome_date").min()
    )
    dated = plans.frame.join(days, on="request", how="left", maintain_order="left")
    plans.note(
        pl.lit(dated["ehcn_named_plan_start_date"] < dated["issued"]),
        "ehcn_named_plan_start_date",
        "order",
        "The current plan is dated before the plan was issued (assessmentoutcomedate).",
        "Correct startdate or assessmentoutcomedate.",
    )
