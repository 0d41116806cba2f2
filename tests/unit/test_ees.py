"""Tables of explore education statistics: filters, totals, places, metadata."""

import polars as pl
import pytest

from openscrutiny.returns.published.ees import EesReader
from support.invented_returns import (
    csv_file,
    folder_files,
    read_all,
    read_one,
    refusal,
    rules_of,
)

READER = EesReader()
PLACE = "time_period,time_identifier,geographic_level,country_code,country_name"
AREA = f"{PLACE},region_code,region_name,new_la_code,old_la_code,la_name"
ENGLAND = "2025,Reporting year,National,E92000001,England,,,,,"
REGION = "2025,Reporting year,Regional,E92000001,England,E12000001,North East,,,"
COUNCIL = (
    "2025,Reporting year,Local authority,E92000001,England,E12000001,North East,"
    "E09999998,298,Otherborough"
)


def files_named(*names):
    return [f for f in folder_files("published") if f.name in names]


def table(*lines, name="invented.csv", columns):
    return csv_file(name, f"{AREA},{columns}", *lines)


def published(*lines, columns, sidecars=()):
    reading = read_one(READER, table(*lines, columns=columns), *sidecars)
    return reading.tables["published"]


def cells(frame, *columns):
    return [tuple(row) for row in frame.select(columns).rows()]


# ------------------------------------------------------------ with metadata


@pytest.fixture(scope="module")
def referrals():
    name = "invented_referrals_2023_to_2025"
    files = files_named(f"{name}.csv", f"{name}.meta.csv")
    return read_all(READER, files)[f"{name}.csv"]


def test_metadata_says_the_total_and_the_total_row_has_no_filters(referrals):
    rows = referrals.tables["published"]

    totals = rows.filter(pl.col("filters") == "")
    assert totals.height == rows.height / 2
    assert set(rows["filters"]) == {"", "need=Abuse"}


def test_every_cell_of_figures_is_one_value_with_its_line(referrals):
    rows = referrals.tables["published"].filter(pl.col("area_code") == "298")

    assert referrals.rows_read == 12 and referrals.rows_rejected == 0
    assert referrals.tables["published"].height == 24
    assert sorted(
        cells(rows, "measure", "line", "filters", "value", "raw", "symbol")
    ) == [
        ("referrals:referral_count", 6, "", 100.0, "100", None),
        ("referrals:referral_count", 7, "need=Abuse", None, "c", "c"),
        ("referrals:referral_count", 12, "", 110.0, "110", None),
        ("referrals:referral_count", 13, "need=Abuse", None, "", ""),
        ("referrals:rereferral_percent", 6, "", 10.0, "10", None),
        ("referrals:rereferral_percent", 7, "need=Abuse", None, "c", "c"),
        ("referrals:rereferral_percent", 12, "", None, "z", "z"),
        ("referrals:rereferral_percent", 13, "need=Abuse", None, "k", "k"),
    ]


def test_places_have_their_codes_levels_and_the_region_set_beside_them(referrals):
    areas = referrals.tables["areas"].sort("area_code")

    assert cells(areas, "area_code", "area_name", "area_level", "region_code") == [
        ("298", "Invented Otherborough", "authority", "E13000002"),
        ("E13000002", "Outer London", "regional", None),
        ("E92000001", "England", "national", None),
    ]


def test_metadata_gives_titles_units_and_decimals(referrals):
    measures = referrals.tables["published_measures"]

    assert cells(measures, "measure", "title", "unit", "decimal_places", "topic") == [
        (
            "referrals:referral_count",
            "Number of referrals (invented)",
            "Number",
            0,
            "Referrals",
        ),
        (
            "referrals:rereferral_percent",
            "Re-referrals within 12 months (invented)",
            "%",
            1,
            "Referrals",
        ),
    ]
    assert set(measures["year_type"]) == {"Reporting year"}
    assert measures["polarity"].null_count() == 2


def test_metadata_yields_an_empty_reading_of_its_own():
    name = "invented_referrals_2023_to_2025"
    outcomes = read_all(READER, files_named(f"{name}.csv", f"{name}.meta.csv"))

    side = outcomes[f"{name}.meta.csv"]
    assert (side.return_name, side.rows_read, side.tables) == ("ees", 0, {})


def test_metadata_that_does_not_fit_is_told_and_the_values_judge():
    meta = csv_file(
        "invented.meta.csv",
        "col_name,col_type,label",
        "count,Indicator,Count",
        "gone,Filter,A column of another release",
    )
    file = table(f"{ENGLAND},Total,5", f"{ENGLAND},Boys,2", columns="sex,count")

    reading = read_one(READER, file, meta)

    assert cells(reading.tables["published"], "filters", "value") == [
        ("", 5.0),
        ("sex=Boys", 2.0),
    ]
    assert [p.rule for p in reading.problems] == ["metadata", "metadata", "filter"]


def test_a_filter_of_numbers_is_known_from_metadata():
    meta = csv_file(
        "invented.meta.csv",
        "col_name,col_type,label,filter_default",
        "age,Filter,Age,99",
        "count,Indicator,Count,",
    )
    lines = (f"{ENGLAND},{age},{n}" for age, n in ((5, 10), (6, 11), (99, 21)))

    rows = published(*lines, columns="age,count", sidecars=(meta,))

    assert cells(rows, "filters", "value") == [("age=5", 10), ("age=6", 11), ("", 21)]


def test_a_filter_of_numbers_without_metadata_is_taken_as_one_and_told():
    lines = [f"{ENGLAND},{age},{age * 2}" for age in range(5, 12)]

    reading = read_one(READER, table(*lines, columns="age,count"))

    rows = reading.tables["published"]
    assert cells(rows.head(2), "filters", "value") == [("age=5", 10), ("age=6", 12)]
    assert rules_of(reading) == [(1, "age", "filter")]


def test_lines_that_no_column_tells_apart_are_refused_and_the_advice_is_new():
    lines = [f"{ENGLAND},{n}" for n in range(5, 12)]
    meta = csv_file("invented.meta.csv", "col_name,col_type,label", "n,Indicator,N")

    without = refusal(READER, table(*lines, columns="n"))
    with_it = refusal(READER, table(*lines, columns="n"), meta)

    assert (without.rule, with_it.rule) == ("conflict", "conflict")
    assert "meta.csv" in without.fix and "meta.csv" not in with_it.fix


# ------------------------------------------------------------ with guidance


@pytest.fixture(scope="module")
def plans():
    files = files_named("invented_plans_issued.csv", "data-guidance.txt")
    return read_all(READER, files)["invented_plans_issued.csv"]


def test_guidance_gives_words_and_the_publication(plans):
    measures = plans.tables["published_measures"]

    assert cells(measures, "measure", "title", "unit") == [
        ("plans_issued:plans_issued", "Number of plans issued (invented)", None),
        (
            "plans_issued:PC_issued_in_20_weeks",
            "Plans issued within 20 weeks (%)",
            "%",
        ),
        ("plans_issued:meeting_prior_24", "Meeting prior 24", None),
        ("plans_issued:meeting_prior_24.2", "Meeting prior 24.2", None),
    ]
    assert set(measures["publication"]) == {"Invented plans release (DfE)"}
    assert set(measures["topic"]) == {"Plans issued in time (invented)"}
    assert set(measures["description"]) == {"Invented numbers of plans, by sex."}


def test_a_heading_given_twice_does_not_overwrite(plans):
    rows = plans.tables["published"].filter(
        (pl.col("area_code") == "298") & (pl.col("filters") == "")
    )

    values = dict(rows.select("measure", "value").rows())
    assert values["plans_issued:meeting_prior_24"] == 1
    assert values["plans_issued:meeting_prior_24.2"] == 2
    assert (1, "meeting_prior_24", "heading") in rules_of(plans)


def test_the_all_label_of_a_breakdown_is_its_total(plans):
    assert set(plans.tables["published"]["filters"]) == {
        "",
        "breakdown_topic=Sex;breakdown=Female",
        "breakdown_topic=Sex;breakdown=Male",
    }


def test_lines_of_other_levels_are_counted_and_told_once(plans):
    assert (plans.rows_read, plans.rows_rejected) == (7, 1)
    told = [p for p in plans.problems if p.rule == "level"]
    assert [(p.line, "School: 1" in p.message) for p in told] == [(8, True)]


# ------------------------------------------------------------ totals without either


def test_the_label_total_is_dropped_and_a_filter_without_one_stays():
    rows = published(
        f"{ENGLAND},17 to 18 years,Total,10",
        f"{ENGLAND},17 to 18 years,Total in work,4",
        f"{ENGLAND},19 to 21 years,Total,20",
        columns="care_leaver_age,breakdown,count",
    )

    assert rows["filters"].to_list() == [
        "care_leaver_age=17 to 18 years",
        "care_leaver_age=17 to 18 years;breakdown=Total in work",
        "care_leaver_age=19 to 21 years",
    ]


def test_a_column_with_one_label_is_no_filter():
    rows = published(
        f"{ENGLAND},Referrals,1", f"{COUNCIL},Referrals,2", columns="category,n"
    )

    assert set(rows["filters"]) == {""}


def test_a_breakdown_named_as_its_topic_is_the_total():
    rows = published(
        f"{ENGLAND},New EHC plans,New EHC plans,9",
        f"{ENGLAND},Sex,Male,5",
        f"{ENGLAND},Sex,Female,4",
        columns="breakdown_topic,breakdown,n",
    )

    assert rows["filters"].to_list() == [
        "",
        "breakdown_topic=Sex;breakdown=Male",
        "breakdown_topic=Sex;breakdown=Female",
    ]


def test_a_group_called_all_other_is_no_total():
    rows = published(
        f"{ENGLAND},All other groups,3",
        f"{ENGLAND},White,5",
        columns="breakdown,n",
    )

    assert rows["filters"].to_list() == [
        "breakdown=All other groups",
        "breakdown=White",
    ]


def test_a_filter_with_a_few_numbers_among_its_words_stays_a_filter():
    labels = ["All reviews", "Less than a year", "1", "2", "12 or more"]
    lines = [f"{ENGLAND},{label},{n}" for n, label in enumerate(labels)]

    rows = published(*lines, columns="breakdown,n")

    assert rows["filters"].to_list() == ["", *(f"breakdown={x}" for x in labels[1:])]


@pytest.mark.parametrize(
    "symbol", ["c", "x", "z", "low", "u", "k", "-", "..", "NA", "~", ":"]
)
def test_a_column_of_symbols_holds_figures(symbol):
    rows = published(f"{ENGLAND},{symbol},1", f"{COUNCIL},{symbol},2", columns="a,b")

    hidden = rows.filter(pl.col("measure") == "invented:a")
    assert hidden["symbol"].to_list() == [symbol, symbol]
    assert hidden["value"].null_count() == 2


def test_a_stray_word_among_many_numbers_is_a_missing_figure():
    lines = [f"{ENGLAND.replace('2025', str(2000 + n))},{n}" for n in range(9)]
    lines.append(f"{ENGLAND},oops")

    rows = published(*lines, columns="n")

    assert rows["filters"].to_list() == [""] * 10
    assert rows["symbol"].to_list()[-1] == "oops"


def test_a_column_of_words_and_many_numbers_is_taken_as_labels_and_told():
    labels = ["5", "6", "7 and over", "Total"]
    lines = [f"{ENGLAND},{label},{n}" for n, label in enumerate(labels)]

    reading = read_one(READER, table(*lines, columns="age,n"))

    assert rules_of(reading) == [(1, "age", "filter")]
    assert reading.tables["published"]["filters"].to_list()[-1] == ""


def test_labels_that_would_be_written_alike_are_refused():
    error = refusal(
        READER,
        table(
            f"{ENGLAND},p;b=q,r,1",
            f"{ENGLAND},p,q;b=r,2",
            f"{ENGLAND},s,t,3",
            columns="a,b,n",
        ),
    )

    assert error.rule in {"filters", "conflict"}


def test_a_column_may_be_called_as_one_of_ours():
    rows = published(f"{COUNCIL},7,8,9,6", columns="value,year,line,area_name")

    assert sorted(cells(rows, "measure", "value")) == [
        ("invented:area_name", 6),
        ("invented:line", 9),
        ("invented:value", 7),
        ("invented:year", 8),
    ]
    assert set(rows["area_code"]) == {"298"} and set(rows["line"]) == {2}


# ------------------------------------------------------------ places and periods


def test_columns_may_stand_in_any_order_and_case():
    file = csv_file(
        "invented.csv",
        "N,Geographic_Level,OLD_LA_CODE,LA_NAME,Time_Period",
        "4,LOCAL AUTHORITY,298,Otherborough,202425",
    )

    row = read_one(READER, file).tables["published"].row(0, named=True)

    assert row["measure"] == "invented:N" and row["area_code"] == "298"
    assert (row["year_label"], row["year"], row["time_identifier"]) == (
        "202425",
        2024,
        "",
    )


@pytest.mark.parametrize("code", ["", "z", "x", "940 / ", "29", "2981"])
def test_a_line_of_no_single_area_is_left_out_and_told(code):
    file = table(
        f"{ENGLAND},1", COUNCIL.replace(",298,", f",{code},") + ",2", columns="n"
    )

    reading = read_one(READER, file)

    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert rules_of(reading) == [(3, "old_la_code", "key")]


def test_a_line_without_a_period_is_left_out_and_one_without_a_year_is_kept():
    file = table(
        f"{ENGLAND},1",
        f"{REGION[4:]},2",
        f"{COUNCIL.replace('2025', 'later')},3",
        columns="n",
    )

    reading = read_one(READER, file)

    assert reading.rows_rejected == 1
    assert rules_of(reading) == [(3, "time_period", "key"), (4, "time_period", "year")]
    assert reading.tables["published"]["year"].to_list() == [2025, None]


def test_a_table_of_other_levels_alone_is_refused():
    error = refusal(
        READER, table(ENGLAND.replace("National", "School") + ",1", columns="n")
    )

    assert (error.field, error.rule) == ("geographic_level", "level")
    assert "School" in error.message


def test_a_table_whose_authorities_have_no_code_column_is_refused():
    error = refusal(
        READER,
        csv_file(
            "invented.csv",
            f"{PLACE},la_name,n",
            "2025,Reporting year,Local authority,E92000001,England,Otherborough,1",
        ),
    )

    assert error.field == "old_la_code"


def test_a_column_of_places_given_twice_is_refused():
    line = "2025,Reporting year,National,E92000001,England,E92000001,1"

    error = refusal(READER, csv_file("a.csv", f"{PLACE},Country_Code,n", line))

    assert (error.line, error.rule) == (1, "heading")


def test_repeated_lines_are_taken_once_and_told():
    file = table(*[f"{ENGLAND},1", f"{COUNCIL},2"] * 2, columns="n")

    reading = read_one(READER, file)

    assert (reading.rows_read, reading.rows_rejected) == (4, 2)
    assert rules_of(reading) == [(4, "", "duplicate")]


def test_a_few_lines_that_disagree_are_left_out_and_the_rest_is_taken():
    years = [f"{ENGLAND.replace('2025', str(2000 + n))},{n}" for n in range(24)]

    reading = read_one(
        READER, table(*years, f"{COUNCIL},1", f"{COUNCIL},2", columns="n")
    )

    assert (reading.rows_read, reading.rows_rejected) == (26, 2)
    assert rules_of(reading) == [(26, "", "conflict")]
    assert "298" not in set(reading.tables["published"]["area_code"])


def test_a_code_with_anothers_name_is_told_and_not_mended():
    swapped = COUNCIL.replace("298,Otherborough", "873,Central Bedfordshire")

    reading = read_one(READER, table(f"{swapped},1", columns="n"))

    assert rules_of(reading) == [(2, "la_name", "area")]
    assert reading.tables["published"]["area_code"].to_list() == ["873"]


# ------------------------------------------------------------ several councils in one

JOINT = (
    "2025,Reporting year,Local authority,E92000001,England,E13000002,Outer London,"
    "E09000021 / E09000027,314 / 318,Kingston upon Thames / Richmond upon Thames"
)


def test_one_line_of_two_councils_is_given_to_each_and_names_the_other():
    lines = (f"{ENGLAND},30", f"{COUNCIL},12", f"{JOINT},14.9")
    reading = read_one(READER, table(*lines, columns="rate_percent"))
    rows = reading.tables["published"].filter(pl.col("area_level") == "authority")

    assert cells(rows, "area_code", "area_name", "value", "shared_with", "line") == [
        ("298", "Otherborough", 12.0, None, 3),
        ("314", "Kingston upon Thames", 14.9, "318", 4),
        ("318", "Richmond upon Thames", 14.9, "314", 4),
    ]
    assert (reading.rows_read, reading.rows_rejected) == (3, 0)
    assert rules_of(reading) == [(4, "old_la_code", "shared")]


def test_names_that_are_not_as_many_as_the_numbers_stay_together():
    joint = JOINT.replace("Kingston upon Thames / Richmond upon Thames", "Two boroughs")
    rows = published(f"{ENGLAND},30", f"{joint},14.9", columns="rate_percent")

    assert cells(rows, "area_code", "area_name")[1:] == [
        ("314", "Two boroughs"),
        ("318", "Two boroughs"),
    ]
