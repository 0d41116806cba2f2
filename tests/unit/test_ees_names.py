"""How tables are recognised, and what their measures are called."""

import pytest

from openscrutiny.returns.published.ees import EesReader
from openscrutiny.returns.published.ees_words import measure_file
from support.invented_returns import (
    MemoryFile,
    csv_file,
    folder_files,
    read_all,
    read_one,
)

READER = EesReader()
PLACE = "time_period,time_identifier,geographic_level,country_code,country_name"
AREA = f"{PLACE},region_code,region_name,new_la_code,old_la_code,la_name"
ENGLAND = "2025,Reporting year,National,E92000001,England,,,,,"
COUNCIL = (
    "2025,Reporting year,Local authority,E92000001,England,E12000001,North East,"
    "E09999998,298,Otherborough"
)


def table(*lines, name="invented.csv", columns):
    return csv_file(name, f"{AREA},{columns}", *lines)


@pytest.mark.parametrize(
    ("stem", "file"),
    [
        (
            "c1_children_in_need_referrals_and_rereferrals_2013_to_2025",
            "c1_children_in_need_referrals_and_rereferrals",
        ),
        ("timeliness_20_week", "timeliness_20_week"),
        ("csww_indicators_2017_to_2025", "csww_indicators"),
        (
            "cla_number_and_rate_per_10k_children",
            "cla_number_and_rate_per_10k_children",
        ),
        ("EES_ytd_data_2026-07-23", "EES_ytd_data"),
        ("UD_NEETNK_LA_dashboard_2023_final", "UD_NEETNK_LA_dashboard"),
        ("UD_NEETNK_LA_dashboard_2025", "UD_NEETNK_LA_dashboard"),
        ("4_absence_2term_pru", "4_absence_2term_pru"),
        ("absence_2023-24", "absence"),
        ("absence_202324", "absence"),
        ("2024_25_absence", "absence"),
        ("2024", "2024"),
        ("invented_d3_cpps_subsequent_plan_2020_to_2025", "d3_cpps_subsequent_plan"),
    ],
)
def test_a_measures_file_is_the_name_without_its_years(stem, file):
    assert measure_file(stem) == file


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("rereferral_percent", "%"),
        ("pc_plans", "%"),
        ("PC_plans", "%"),
        ("pt_overall", "%"),
        ("ass_none_ehc_pc", "%"),
        ("rate_per_10000", "Rate per 10,000"),
        ("rate_per_10k", "Rate per 10,000"),
        ("referral_count", "Number"),
        ("turnover_rate_fte", None),
        ("cases", None),
    ],
)
def test_a_unit_is_guessed_only_where_the_heading_says_it(column, unit):
    reading = read_one(READER, table(f"{ENGLAND},1", columns=column))

    assert reading.tables["published_measures"]["unit"].to_list() == [unit]


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (f"{AREA},n\n{ENGLAND},1\n", "data"),
        (f"{AREA},n\n", "data"),
        ("\ufeff" + f'"{AREA.replace(",", chr(34) + "," + chr(34))}","n"\n', "data"),
        (f"{AREA},medical_officer\n{ENGLAND},Yes\n{COUNCIL},No\n", None),
        ("col_name,col_type,label\n", "meta"),
        ("col_name,col_type,filter_item\n", None),
        (
            "Release\nFilename: a.csv\nVariable name | Variable description\n",
            "guidance",
        ),
        ("A note about Filename: a.csv\n", None),
        ("time_period,n\n2024,1\n", None),
        ("", None),
    ],
)
def test_a_file_is_recognised_by_its_content_whatever_its_name(head, part):
    assert READER.recognise(MemoryFile("some.thing", head.encode())) == part


def test_the_tables_of_one_release_are_read_each_with_its_own_words():
    files = folder_files("published")
    mine = [file for file in files if READER.recognise(file)]

    outcomes = read_all(READER, mine)

    assert sorted(outcomes) == [
        "data-guidance.txt",
        "invented_cme_census.csv",
        "invented_ehe_academic_year.csv",
        "invented_ehe_census.csv",
        "invented_neet_and_net_estimates_from_the_lfs_2025.csv",
        "invented_plans_issued.csv",
        "invented_population_estimates_2023_to_2024.csv",
        "invented_referrals_2023_to_2025.csv",
        "invented_referrals_2023_to_2025.meta.csv",
    ]
