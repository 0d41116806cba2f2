"""Random rows of one load, table by table, with a liking for the edges."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from twins.calendar import add_months

Row = dict[str, Any]

TABLES_OF: dict[str, tuple[str, ...]] = {
    "cin": (
        "person",
        "cin_episodes",
        "cin_assessments",
        "assessment_factors",
        "cin_plans",
        "s47_enquiry",
        "initial_cp_conference",
        "cp_plans",
        "cp_reviews",
    ),
    "annex-a": (
        "person",
        "contacts",
        "early_help_episodes",
        "cin_episodes",
        "cin_cases",
        "cin_assessments",
        "s47_enquiry",
        "initial_cp_conference",
        "cp_plans",
        "cla_episodes",
        "care_leavers",
        "cla_visits",
        "cla_latest_reviews",
        "permanence",
    ),
    "ssda903": (
        "person",
        "cla_episodes",
        "care_leavers",
        "immigration_status",
        "cla_health",
        "cla_reviews",
        "missing",
        "permanence",
    ),
    "sen2": (
        "person",
        "ehcp_requests",
        "ehcp_assessment",
        "ehcp_named_plan",
        "ehcp_active_plans",
    ),
    "gias": ("establishments",),
}
# Numbers of schools and of providers, some in no register.
URNS = tuple(f"1000{n:02d}" for n in range(40))
UKPRNS = tuple(f"100000{n:02d}" for n in range(8))
# Every type of the register, and one that came later.
TYPES = (
    *(1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 15, 18, 24, 25, 26, 27, 28, 29, 30, 31, 32),
    *(33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 49, 56, 57, 58),
)

EDGES = tuple(
    date(year, month, day)
    for year in (2022, 2023, 2024, 2025)
    for month, day in ((1, 1), (2, 28), (3, 1), (3, 31), (4, 1), (9, 30), (12, 31))
) + (date(2024, 2, 29), date(2020, 2, 29))
SOURCE_CODES = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
SOURCES = SOURCE_CODES.split()
ETHNICITY_CODES = (
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR "
    "BOTH OOTH REFU NOBT ZZZZ"
)
ETHNICITIES = ETHNICITY_CODES.split()
FACTORS = (
    "3A",
    "3B",
    "16A",
    "17A",
    "18A",
    "18B",
    "18C",
    "19A",
    "19C",
    "20",
    "20",
    "21",
)
CATEGORIES = ("NEG", "NEG", "EMO", "PHY", None)
PLACES = ("U1", "U4", "K2", "R3", "A3", "A5", "P1", "T0", "T1", "T4", "H5", "Z1")
MILES = (None, 0.0, 3.5, 19.9, 20.0, 20.1, 45.0)
AREAS = ("IN", "OUT", "OUT", None)
DECIDED = (0, 0, 1, 1, 2, 3, 4, 5, 6, -1, None)  # days after a contact


def birthday_of(child: str) -> date:
    """Give a birthday that some returns agree about: 18 from July 2022 on."""
    return add_months(date(2004, 4, 1), 3 * int(child.removeprefix("C")))


class Maker:
    """Draw the values of one load's rows."""

    def __init__(
        self,
        random: Random,
        return_name: str,
        span: tuple[date, date],
        children: Sequence[str],
    ) -> None:
        self.random = random
        self.is_extract = return_name == "annex-a"
        self.is_of_care = return_name == "ssda903"
        self.first, self.last = span
        self.children = children
        # Some exports have no column of distance, or none of where the placement is.
        self.miles = random.choice(((None,), MILES, MILES, MILES))
        self.areas = random.choice(((None,), AREAS, AREAS, AREAS))
        # Some lists have no day of a decision, or no word of who was seen alone.
        self.decisions = random.choice(((None,), DECIDED, DECIDED, DECIDED))
        self.alone = random.choice(((None,), *[(True, True, False, None)] * 3))

    def day(self) -> date:
        """Draw a day: within the load's days, on an edge, or well before them."""
        where = self.random.random()
        if where < 0.55:
            days = (self.last - self.first).days
            return self.first + timedelta(days=self.random.randint(0, days))
        if where < 0.75:
            near = self.random.choice((self.first, self.last))
            return near + timedelta(days=self.random.randint(-1, 1))
        if where < 0.9:
            return self.random.choice(EDGES)
        return self.first - timedelta(days=self.random.randint(1, 800))

    def seldom(self, value: Any, chance: float = 0.1) -> Any:
        """Give the value, and now and then nothing."""
        return None if self.random.random() < chance else value

    def after(self, day: date, *steps: int, most: int = 200) -> date:
        """Draw a later day: one of the steps, or any up to `most` days later."""
        if steps and self.random.random() < 0.5:
            return day + timedelta(days=self.random.choice(steps))
        return day + timedelta(days=self.random.randint(0, most))

    def end(self, day: date) -> date | None:
        """Draw an end: open, the same day, the last day of the load or after it."""
        if self.random.random() < 0.5:
            return None
        near = [day, self.last, self.last + timedelta(days=1), self.last]
        return max(day, self.random.choice([*near, self.after(day)]))

    def some(self, most: int = 3) -> int:
        return self.random.randint(0, most)

    def team(self) -> str | None:
        return (
            self.random.choice(("North", "South", "North", None, ""))
            if self.is_extract
            else None
        )

    def person(self, child: str) -> Row:
        on = self.random.choice([*EDGES, self.day()])
        age = self.random.choice((0, 1, 2, 4, 5, 9, 10, 15, 16, 17, 18, 19, 20, 21))
        born = add_months(on, -12 * age)
        if self.random.random() < 0.05:
            born = self.last + timedelta(days=self.random.randint(1, 100))
        row: Row = {
            "pers_person_id": child,
            "pers_sex": self.random.choice(("F", "M", "F", "M", "U", None)),
            "pers_ethnicity": self.seldom(self.random.choice(ETHNICITIES)),
            "pers_dob": born,
            "pers_disabled": self.random.choice((True, False, None)),
        }
        if self.is_of_care and self.random.random() < 0.2:
            row["pers_dob"] = birthday_of(child)
        if self.random.random() < 0.15:
            row |= {"pers_dob": None, "pers_expected_dob": self.seldom(self.day(), 0.3)}
        return row

    def early_help(self, child: str) -> Row:
        start = self.day()
        return {
            "earl_person_id": child,
            "earl_episode_start_date": self.seldom(start),
            "earl_episode_end_date": self.seldom(self.after(start, 62, 63, 64, 65, 66)),
        }

    def contact(self, child: str) -> Row:
        day, after = self.day(), self.random.choice(self.decisions)
        return {
            "cont_person_id": child,
            "cont_contact_date": self.seldom(day),
            "cont_contact_decision_date": (
                None if after is None else day + timedelta(days=after)
            ),
            "cont_contact_source_code": self.seldom(self.random.choice(SOURCES)),
        }

    def referrals(self, child: str) -> list[Row]:
        """Draw referrals; one may have another about a year before it."""
        dates = [self.day() for _ in range(self.some())]
        for day in list(dates):
            if self.random.random() < 0.4:
                step = timedelta(days=self.random.choice((-1, 0, 1)))
                dates.append(add_months(day, -12) + step)
        for day in list(dates):
            if self.random.random() < 0.2:  # another on the day, or typed in late
                dates.append(day + timedelta(days=self.random.choice((0, 1, 7, 8))))
        told = [self.referral(child, self.seldom(day, 0.04)) for day in dates]
        for number, row in enumerate(told):
            row["cine_referral_id"] += f"/{number}"
        return told

    def referral(self, child: str, day: date | None) -> Row:
        return {
            "cine_referral_id": f"{child}-{day}",
            "cine_person_id": child,
            "cine_referral_date": day,
            "cine_referral_source_code": self.seldom(self.random.choice(SOURCES)),
            "cine_referral_nfa": self.random.choice((False, False, True, None)),
            "cine_close_date": self.end(day) if day else None,
            "cine_referral_team": self.team(),
            "cine_referrals_last_12_months": self.referrals_told(),
        }

    def referrals_told(self) -> int | None:
        """Draw what an extract's list says itself; most extracts say it throughout."""
        if not self.is_extract or self.random.random() < 0.02:
            return None
        return self.random.choice((0, 0, 0, 1, 1, 2))

    def assessment(self, child: str) -> Row:
        referred = self.day()
        authorised = self.after(referred, 0, 61, 62, 63, 64, 65, 66, 67, most=110)
        return {
            "cina_person_id": child,
            "cina_referral_date": None if self.is_extract else self.seldom(referred),
            "cina_assessment_start_date": referred,
            "cina_assessment_auth_date": self.seldom(authorised),
            "cina_assessment_team": self.team(),
        }

    def link_assessments(self, made: dict[str, list[Row]]) -> None:
        """Put assessments into referrals, some soon after, and give them factors."""
        of_child: dict[str, list[Row]] = {}
        for row in made["cin_episodes"]:
            of_child.setdefault(row["cine_person_id"], []).append(row)
        for row in made["cin_assessments"]:
            child = row["cina_person_id"]
            if child in of_child and self.random.random() < 0.8:
                referral = self.random.choice(of_child[child])
                row["cina_referral_id"] = referral["cine_referral_id"]
                on = referral["cine_referral_date"]
                if on is not None and self.random.random() < 0.7:
                    row["cina_assessment_start_date"] = on
                    row["cina_assessment_auth_date"] = self.after(on, 0, 30, most=90)
            for factor in self.random.sample(FACTORS, self.some()):
                made["assessment_factors"].append(
                    {
                        "cinf_person_id": child,
                        "cinf_assessment_start_date": row["cina_assessment_start_date"],
                        "cinf_assessment_auth_date": row["cina_assessment_auth_date"],
                        "cinf_assessment_factor": factor,
                    }
                )

    def need_plan(self, child: str) -> Row:
        return {"cinp_person_id": child, "cinp_cin_plan_start_date": self.day()}

    def reviews(self, plan: Row) -> list[Row]:
        """Draw reviews of a plan about the days on which they are due."""
        on = plan["cppl_cp_plan_start_date"]
        if on is None:
            return []
        rows, months = [], 3
        for _ in range(self.random.choice((0, 1, 2, 3, 5, 8))):
            on = add_months(on, months)
            on += timedelta(days=self.random.choice((-30, -1, 0, 0, 1)))
            months = 6
            rows.append(
                {
                    "cppr_person_id": plan["cppl_person_id"],
                    "cppr_cp_plan_start_date": plan["cppl_cp_plan_start_date"],
                    "cppr_cp_review_date": on,
                }
            )
        return rows

    def enquiry(self, child: str) -> Row:
        return {
            "s47e_person_id": child,
            "s47e_s47_start_date": self.seldom(self.day()),
            "s47e_team": self.team(),
        }

    def conferences(self, child: str) -> list[Row]:
        """Draw conferences; two enquiries may name one."""
        rows = [self.conference(child) for _ in range(self.some(2))]
        for row in list(rows):
            started = row["icpc_s47_start_date"]
            if started is not None and self.random.random() < 0.4:
                other = started + timedelta(days=self.random.choice((-9, 1, 7, 30)))
                rows.append({**row, "icpc_s47_start_date": other})
        return rows

    def conference(self, child: str) -> Row:
        started = self.day()
        held = self.after(started, -3, 19, 20, 21, 22, 23, 24, 25, most=45)
        return {
            "icpc_person_id": child,
            "icpc_icpc_date": self.seldom(held),
            "icpc_s47_start_date": self.seldom(started, 0.2),
            "icpc_team": self.team(),
        }

    def plan(self, child: str) -> Row:
        start = self.day()
        if self.random.random() < 0.3:
            long_ago = self.random.choice((728, 729, 730, 731, 900))
            start = self.last - timedelta(days=long_ago)
        return {
            "cppl_person_id": child,
            "cppl_cp_plan_start_date": self.seldom(start, 0.04),
            "cppl_cp_plan_end_date": self.plan_end(start),
            "cppl_cp_plan_initial_category": self.random.choice(CATEGORIES),
            "cppl_cp_plan_latest_category": self.random.choice(CATEGORIES),
            "cppl_previous_plans": self.random.choice((0, 0, 1, 2, None)),
            "cppl_team": self.team(),
            **(self.last_seen("cppl_last_visit_date", 28, 27, 14, 15, 21, 0, -3)),
            **(self.last_seen("cppl_last_review_date", 91, 92, 90, 30, 200, -1)),
        }

    def last_seen(self, column: str, *days_ago: int) -> Row:
        """Draw a day before that of the extract, now and then after it or none."""
        if not self.is_extract:
            return {}
        days = self.random.choice(days_ago) + self.random.choice((0, 0, 1, -1))
        return {column: self.seldom(self.last - timedelta(days=days))}

    def need_case(self, child: str) -> Row:
        start = self.day()
        status = self.random.choice(
            (
                "Child in need plan",
                "CIN plan",
                "Open assessment",
                "Closed episode",
                None,
            )
        )
        return {
            "cinc_person_id": child,
            "cinc_start_date": self.seldom(start, 0.04),
            "cinc_close_date": self.end(start),
            "cinc_case_status": status,
            "cinc_team": self.team(),
            **self.last_seen("cinc_last_seen_date", 42, 43, 41, 10, 100, -1),
        }

    def plan_end(self, start: date) -> date | None:
        """Draw when a plan ended, often on a day about its second birthday."""
        if self.random.random() < 0.25:
            return start + timedelta(days=self.random.choice((728, 729, 730, 731)))
        return self.end(start)

    def episodes(self, child: str) -> list[Row]:
        """Draw a chain of episodes, one after another, now and then with a gap."""
        if self.is_of_care and self.random.random() < 0.35:
            return [self.last_episode(child)]
        rows: list[Row] = []
        day = self.day() - timedelta(days=self.random.choice((0, 30, 120, 300)))
        legal = self.random.choice(("C2", "V2", "C2", "V3", "V4", None))
        for number in range(self.random.choice((0, 1, 2, 3, 5, 7))):
            last = self.after(day, 1, 2, most=80)
            if self.random.random() < 0.05:
                last = day  # within a day
            rows.append(self.episode(child, day, last, legal, number))
            day = last
            if self.random.random() < 0.2:
                day += timedelta(days=self.random.randint(1, 40))
            if self.random.random() < 0.1:
                legal = self.random.choice(("C2", "V2", "V3", "V4"))
        if rows and self.random.random() < 0.7:
            rows[-1]["clae_cla_episode_ceased_date"] = None
        return rows

    def last_episode(self, child: str) -> Row:
        """Draw an episode that ends on or about the 18th birthday, or stays open."""
        turned = add_months(birthday_of(child), 12 * 18)
        start = turned - timedelta(days=self.random.choice((0, 1, 200, 400, 900)))
        end = turned + timedelta(days=self.random.choice((0, 0, 0, 0, -1, 1, 20)))
        row = self.episode(child, start, max(start, end), "C2", 0)
        return row | {
            "clae_legal_status": self.random.choice(("C2", "C2", "V2", "V3", None)),
            "clae_cla_placement_type": self.random.choice(
                ("U4", "U1", "U6", "K2", "T2")
            ),
            "clae_cla_episode_ceased_date": self.seldom(
                row["clae_cla_episode_ceased_date"], 0.2
            ),
            "clae_cla_episode_ceased_reason": self.random.choice(
                ("E5", "E5", "E5", "X1", "E2", "E3", None)
            ),
        }

    def episode(
        self, child: str, day: date, last: date, legal: str | None, number: int
    ) -> Row:
        reason = (
            self.random.choice("SPPPPBTUL") if number else self.random.choice("SSSP")
        )
        return {
            "clae_person_id": child,
            "clae_cla_episode_start_date": day,
            "clae_cla_episode_start_reason": self.seldom(reason, 0.03),
            "clae_legal_status": legal,
            "clae_cla_placement_type": self.random.choice((*PLACES, "U4", "U4", "T0")),
            "clae_cla_placement_provider": self.random.choice(("PR1", "PR1", "PR4")),
            "clae_cla_placement_urn": self.random.choice((None, "SC1", "SC1")),
            "clae_cla_episode_ceased_date": last,
            "clae_cla_episode_ceased_reason": self.random.choice(
                ("X1", "X1", "X1", "E11", "E12", "E45", "E41", "E5", "E4A", None)
            ),
            "clae_team": self.team(),
            **self.whereabouts(),
        }

    def whereabouts(self) -> Row:
        """Draw how far from home, and whether in the area, as some exports have it."""
        if not self.is_of_care:
            return {}
        return {
            "clae_cla_placement_distance": self.random.choice(self.miles),
            "clae_cla_placement_location": self.random.choice(self.areas),
        }

    def asylum(self, child: str) -> Row:
        return {
            "immi_person_id": child,
            "immi_immigration_status": "UASC",
            "immi_immigration_status_end_date": self.seldom(self.day(), 0.5),
        }

    def health(self, child: str) -> Row:
        row: Row = {"clah_person_id": child}
        row["clah_sdq_score"] = self.random.choice((None, 0, 7, 13, 17, 40))
        for name in (
            "convicted",
            "immunisations",
            "teeth_check",
            "health_assessment",
            "substance_misuse",
        ):
            row[f"clah_{name}"] = self.random.choice((True, False, None))
        return row

    def visit(self, child: str, sign: str, own: str) -> Row:
        """Draw a start and a last day of visit or review about the edges."""
        last = self.last
        start = self.random.choice(
            (last - timedelta(days=41), last - timedelta(days=42), self.day())
        )
        edges = [last - timedelta(days=n) for n in (-1, 0, 41, 42, 43)]
        edges += [add_months(last, -3), add_months(last, -6), self.after(start, 28, 30)]
        told = self.random.choice(edges) - timedelta(days=self.random.randint(0, 1))
        return {
            f"{sign}_person_id": child,
            f"{sign}_cla_start_date": self.seldom(start, 0.05),
            f"{sign}_legal_status": self.random.choice(("C2", "V2", "V4", None)),
            f"{sign}_{own}": self.seldom(told),
            f"{sign}_team": self.team(),
        }

    def adoption(self, child: str) -> Row:
        decided = self.day()
        return {
            "perm_person_id": child,
            "perm_adm_decision_date": self.seldom(decided),
            "perm_matched_date": self.seldom(self.after(decided, -1, 0, 1)),
            "perm_permanence_order_date": self.seldom(
                self.day(), 0.3 if self.is_extract else 1.0
            ),
        }

    def review(self, child: str) -> Row:
        return {
            "clar_person_id": child,
            "clar_cla_review_date": self.day(),
            "clar_cla_review_participation": self.random.choice(
                ("PN0", "PN1", "PN4", "PN5", "PN6", "PN7", "PN7", None)
            ),
        }

    def absence(self, child: str) -> Row:
        start = self.day()
        return {
            "miss_person_id": child,
            "miss_missing_episode_type": self.random.choice(("M", "A", "M", None)),
            "miss_missing_episode_start_date": self.seldom(start, 0.05),
            "miss_missing_episode_end_date": self.end(start),
        }

    def care_leaver(self, child: str) -> Row:
        """Draw a birthday on or about the edges of the year, at 18 to 22."""
        on = self.random.choice((self.first, self.last, self.day(), date(2024, 2, 29)))
        on += timedelta(days=self.random.randint(-1, 1))
        born = add_months(on, -12 * self.random.choice((16, 17, 18, 19, 20, 21, 22)))
        born = self.random.choice((born, born, born, date(2004, 2, 29)))
        if self.is_of_care and self.random.random() < 0.5:
            born = birthday_of(child)
        return {
            "clea_person_id": child,
            "clea_dob": self.seldom(born, 0.05),
            "clea_care_leaver_in_touch": self.random.choice(
                ("YES", "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None)
            ),
            "clea_care_leaver_activity": self.random.choice(
                ("F1", "P1", "F2", "P5", "F4", "G4", "G5", "G6", "0", None)
            ),
            "clea_care_leaver_eligibility": self.random.choice(
                ("Relevant child", "FR", "Not yet decided", "Qualifying", None)
            ),
            "clea_pathway_plan_review_date": self.seldom(
                add_months(self.last, -6) + timedelta(days=self.random.randint(-2, 2))
            ),
            "clea_team": self.team(),
            "clea_care_leaver_accommodation": self.random.choice(
                ("U1", "U2", "Z1", "Z1", "Z2", "R2", "X2", "G1", "S2", "0", "", None)
            ),
        }

    def plans(self, child: str, made: dict[str, list[Row]]) -> None:
        """Draw requests, with assessments, plans and reviews each, or without."""
        for number in range(self.some(2)):
            request = f"{child}-R{number}"
            asked = self.day()
            issued = self.after(asked, -1, 0, 139, 140, 141, most=400)
            if self.random.random() < 0.85:
                made["ehcp_requests"].append(
                    {
                        "ehcr_ehcp_request_id": request,
                        "ehcr_person_id": child,
                        "ehcr_ehcp_req_date": self.seldom(asked),
                        "ehcr_ehcp_req_outcome": self.random.choice((*"YYYNAWH", None)),
                    }
                )
            on = issued
            for one in range(self.random.choice((0, 1, 1, 1, 1, 2))):
                made["ehcp_assessment"].append(
                    self.plan_decision(child, request, on, one)
                )
                on += timedelta(days=self.random.choice((0, 1, 200)))
            start = issued + timedelta(days=self.random.choice((-9, 0, 0, 0, 30, 200)))
            for plan in range(self.random.choice((0, 1, 1, 1, 2))):
                made["ehcp_named_plan"].append(
                    {
                        "ehcn_named_plan_id": f"{request}-N{plan}",
                        "ehcn_ehcp_request_id": request,
                        "ehcn_person_id": child,
                        "ehcn_named_plan_start_date": self.seldom(start, 0.1),
                        "ehcn_named_plan_ceased_date": self.end(start),
                    }
                )
                start += timedelta(days=self.random.randint(0, 90))
            for active in range(self.random.choice((0, 1, 1, 1, 1, 2))):
                made["ehcp_active_plans"].append(
                    self.active_plan(child, request, issued, active)
                )

    def plan_decision(self, child: str, request: str, on: date, number: int) -> Row:
        return {
            "ehca_ehcp_assessment_id": f"{request}-A{number}",
            "ehca_ehcp_request_id": request,
            "ehca_person_id": child,
            "ehca_ehcp_assessment_outcome": self.random.choice((*"YYYYHHNAW", None)),
            "ehca_ehcp_assessment_outcome_date": self.seldom(on, 0.15),
            "ehca_ehcp_assessment_exceptions": self.random.choice(
                (True, False, False, False, None)
            ),
        }

    def active_plan(self, child: str, request: str, issued: date, number: int) -> Row:
        """Draw a meeting about the edges of 12 months, and a letter about it."""
        about = self.random.choice((add_months(self.last, -12), self.last, issued))
        meeting = about + timedelta(days=self.random.choice((-300, -1, 0, 1, 20)))
        letter = meeting + timedelta(days=self.random.choice((0, 1, 28, 90)))
        return {
            "ehcp_active_ehcp_id": f"{request}-P{number}",
            "ehcp_ehcp_request_id": request,
            "ehcp_person_id": child,
            "ehcp_transfer_la": self.random.choice((None, None, None, None, "298")),
            "ehcp_review_meeting_date": self.seldom(meeting, 0.4),
            "ehcp_active_ehcp_last_review_date": self.seldom(letter, 0.4),
            "ehcp_review_outcome": self.random.choice(("A", "A", "M", "C", None)),
            "ehcp_setting": self.seldom(
                self.random.choice(
                    ("EHE", "OLA", "OPA", "EYP", "OTH", "NEET", "NIEC", "NIEO")
                ),
                0.6,
            ),
            "ehcp_urn": self.random.choice((None, "100001", *URNS)),
            "ehcp_ukprn": self.seldom(self.random.choice(UKPRNS), 0.6),
        }

    def register(self) -> list[Row]:
        """Draw a register: most of the numbers, types that turn, areas about ours."""
        types = (*TYPES, 1, 10, 11)
        return [
            {
                "esta_urn": urn,
                "esta_ukprn": self.seldom(self.random.choice(UKPRNS), 0.5),
                "esta_la": self.random.choice(("299", "299", "298", "297", None)),
                "esta_type": self.seldom(self.random.choice(types)),
            }
            for urn in URNS
            if self.random.random() < 0.9
        ]


def make_tables(
    random: Random,
    return_name: str,
    span: tuple[date, date],
    children: Sequence[str],
) -> dict[str, list[Row]]:
    """Make the rows of one load: every table of the return, without lineage."""
    maker = Maker(random, return_name, span, children)
    made: dict[str, list[Row]] = {table: [] for table in TABLES_OF[return_name]}
    single: dict[str, Callable[[str], Row]] = {
        "early_help_episodes": maker.early_help,
        "contacts": maker.contact,
        "cin_assessments": maker.assessment,
        "s47_enquiry": maker.enquiry,
        "cp_plans": maker.plan,
        "cla_reviews": maker.review,
        "missing": maker.absence,
        "cin_plans": maker.need_plan,
        "cin_cases": maker.need_case,
    }
    alone: dict[str, Callable[[str], Row]] = {
        "immigration_status": maker.asylum,
        "cla_health": maker.health,
        "permanence": maker.adoption,
    }
    if return_name == "gias":
        return {"establishments": maker.register()}
    for child in children:
        if random.random() < 0.95:
            made["person"].append(maker.person(child))
        for table, make in single.items():
            if table in made:
                made[table] += [make(child) for _ in range(maker.some(2))]
        if "cla_visits" in made:
            visit = maker.visit(child, "clav", "cla_visit_date")
            visit["clav_cla_visit_seen_alone"] = random.choice(maker.alone)
            made["cla_visits"].append(visit)
            made["cla_latest_reviews"].append(
                maker.visit(child, "clat", "cla_review_date")
            )
        for table, make in alone.items():
            if table in made and random.random() < 0.6:
                made[table].append(make(child))
        if "initial_cp_conference" in made:
            made["initial_cp_conference"] += maker.conferences(child)
        if "cin_episodes" in made:
            made["cin_episodes"] += maker.referrals(child)
        if "cla_episodes" in made:
            made["cla_episodes"] += maker.episodes(child)
        if "care_leavers" in made and random.random() < 0.7:
            made["care_leavers"].append(maker.care_leaver(child))
        if "ehcp_named_plan" in made:
            maker.plans(child, made)
    if "assessment_factors" in made:
        maker.link_assessments(made)
        for plan in made["cp_plans"]:
            made["cp_reviews"] += maker.reviews(plan)
    return made
