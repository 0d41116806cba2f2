"""What the invented nation's long extract measures.

The keys, polarities and years are those of the real publication; levels are invented,
in the neighbourhood of the real ones.
"""

from dataclasses import dataclass
from typing import Final

_TO_2025 = ("2020", "2021", "2022", "2023", "2024", "2025")
_SCHOOL_YEARS = ("2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


@dataclass(frozen=True)
class Measure:
    """Hold one measure: its words, and how its counts come about.

    `code` is our indicator of the same name ("" without one). `levels` are England's
    first and last value, printed as `factor` x numerator / denominator with `digits`
    decimals. The denominator is `share` of the children, or where `of` names another
    measure, that share of its numerator ("KEY") or of its denominator ("/KEY").
    `pull` says how need moves it, `spread` how far places differ beyond that.
    """

    key: str
    code: str
    title: str
    topic: str
    unit: str
    polarity: str
    levels: tuple[float, float]
    factor: int = 100
    digits: int = 1
    share: float = 1.0
    of: str = ""
    pull: float = 0.0
    spread: float = 0.25
    years: tuple[str, ...] = _TO_2025
    year_type: str = "Financial Year"
    has_parts_of_london: bool = True
    decimal_places: str = "NA"

    @property
    def is_share(self) -> bool:
        return self.factor == 100


_CP, _CLA, _SEN = "Child Protection", "Children Looked After", "Children with SEN"
_PER = "Rate per 10,000 children"

MEASURES: Final = (
    Measure(
        "CPP_Total_Rateper10,000",
        "FD1",
        "Referrals to children's social care, per 10,000 children",
        _CP,
        _PER,
        "-",
        (540, 520),
        10_000,
        pull=0.28,
    ),
    Measure(
        "ReReferral",
        "FD2",
        "Referrals within 12 months of an earlier one, %",
        _CP,
        "%",
        "Low",
        (22.6, 22.4),
        of="CPP_Total_Rateper10,000",
        pull=0.1,
    ),
    Measure(
        "CIN_Refferals_NFA",
        "FD3",
        "Referrals closed with no further action, %",
        _CP,
        "%",
        "-",
        (6.6, 6.5),
        of="CPP_Total_Rateper10,000",
        spread=0.6,
    ),
    Measure(
        "Continue_Assess_Comp",
        "AS2",
        "Assessments completed within 45 working days, %",
        _CP,
        "%",
        "High",
        (83.8, 85.5),
        of="CPP_Total_Rateper10,000",
        share=0.95,
        spread=0.6,
    ),
    Measure(
        "CIN",
        "CN1",
        "Children in need at 31 March, per 10,000 children",
        "Children in Need",
        _PER,
        "-",
        (330, 331),
        10_000,
        pull=0.28,
        spread=0.2,
        year_type="Annual",
    ),
    Measure(
        "Section_47",
        "CP1",
        "Section 47 enquiries, per 10,000 children",
        _CP,
        _PER,
        "-",
        (170, 189),
        10_000,
        pull=0.3,
        spread=0.3,
    ),
    Measure(
        "ICPC_in_15",  # only in table c4; never written to the long extract
        "CP3",
        "Initial conferences within 15 working days, %",
        _CP,
        "%",
        "High",
        (77.8, 80.2),
        of="Section_47",
        share=0.31,
        spread=0.7,
    ),
    Measure(
        "CPP_rate",
        "CP5",
        "Children on a child protection plan at 31 March, per 10,000 children",
        _CP,
        _PER,
        "-",
        (43.5, 40.8),
        10_000,
        pull=0.3,
        spread=0.25,
        year_type="Annual",
    ),
    Measure(
        "PrevRegCPR",
        "CP7",
        "Plans that are a second or later plan, %",
        _CP,
        "%",
        "Low",
        (21.9, 24.4),
        of="/ICPC_in_15",
        share=0.86,
    ),
    Measure(
        "CPPlans2yrsActive",
        "CP9",
        "Plans open for two years or more at 31 March, %",
        _CP,
        "%",
        "Low",
        (2.1, 2.4),
        of="CPP_rate",
        spread=0.6,
    ),
    Measure(
        "LAC",
        "LA1",
        "Children looked after at 31 March, per 10,000 children",
        _CLA,
        _PER,
        "-",
        (68, 67),
        10_000,
        0,
        pull=0.38,
        spread=0.2,
        year_type="Annual",
    ),
    Measure(
        "LAC_Start_Rate",
        "LA2",
        "Children starting to be looked after, per 10,000 children",
        _CLA,
        _PER,
        "-",
        (26, 26),
        10_000,
        0,
        pull=0.32,
    ),
    Measure(
        "LACStable_2016on",
        "LA5",
        "Children looked after with three or more placements, %",
        _CLA,
        "%",
        "Low",
        (11, 10),
        digits=0,
        of="LAC",
    ),
    Measure(
        "CareLeaverEET",
        "CL3",
        "Care leavers of 19 to 21 in education, employment or training, %",
        _CLA,
        "%",
        "High",
        (53, 54),
        digits=0,
        share=0.0032,
    ),
    Measure(
        "CareLeaversNEET",
        "CL4",
        "Care leavers of 19 to 21 not in education, employment or training, %",
        _CLA,
        "%",
        "Low",
        (39, 39),
        digits=0,
        of="/CareLeaverEET",
    ),
    Measure(
        "SEN_EHC_Excpt_20wks",
        "SN4",
        "Education, health and care plans issued within 20 weeks, %",
        _SEN,
        "%",
        "High",
        (58, 47),
        share=0.007,
        spread=1.1,
        year_type="Calendar Year",
        has_parts_of_london=False,
    ),
    Measure(
        "TotPermEx",
        "",
        "Permanent exclusions, % of pupils",
        "All Pupil Absence & Exclusions",
        "%",
        "Low",
        (0.06, 0.13),
        digits=5,
        share=0.7,
        pull=0.3,
        spread=0.5,
        years=_SCHOOL_YEARS,
        year_type="Academic Year",
        has_parts_of_london=False,
        decimal_places="2",
    ),
    Measure(
        "TotFixedEx",
        "",
        "Suspensions, % of pupils",
        "All Pupil Absence & Exclusions",
        "%",
        "Low",
        (3.8, 11.4),
        digits=5,
        share=0.7,
        pull=0.3,
        spread=0.35,
        years=_SCHOOL_YEARS,
        year_type="Academic Year",
        has_parts_of_london=False,
        decimal_places="2",
    ),
    Measure(
        "TotPerAbNew",
        "",
        "Pupils missing a tenth of sessions or more, %",
        "All Pupil Absence & Exclusions",
        "%",
        "Low",
        (12.1, 18.1),
        digits=2,
        share=0.66,
        pull=0.15,
        spread=0.1,
        years=_TO_2025[1:],
        year_type="Academic Year",
        has_parts_of_london=False,
        decimal_places="2",
    ),
    Measure(
        "16-17_not known_NEET",
        "",
        "16 and 17 year olds not in learning or work, or not known, %",
        "Economic Factors",
        "%",
        "Low",
        (5.5, 5.6),
        share=0.108,
        pull=0.2,
        spread=0.4,
        has_parts_of_london=False,
    ),
    Measure(
        "16-17 NEET",
        "",
        "16 and 17 year olds not in learning or work, %",
        "Economic Factors",
        "%",
        "Low",
        (57, 60),  # of those above; printed of all, see make_counts
        of="16-17_not known_NEET",
        spread=0.25,
        has_parts_of_london=False,
    ),
    Measure(
        "AVG_Attain8_Score",
        "",
        "Average Attainment 8 score",
        "Key Stage 4",
        "Average score",
        "High",
        (50.2, 46.0),
        1,
        share=0.055,
        pull=-0.06,
        spread=0.05,
        year_type="Academic Year",
    ),
    # Last, so that what is drawn for the measures above stays as it was.
    Measure(
        "CPPlans2yrs",
        "CP10",
        "Plans that ended after two years or more, %",
        _CP,
        "%",
        "Low",
        (3.6, 4.4),
        of="/PrevRegCPR",
        share=0.98,
        spread=0.4,
    ),
)
