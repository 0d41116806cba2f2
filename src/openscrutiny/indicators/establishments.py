"""What kind of place the register's types of establishment are, as DfE counts them.

The types are the register's own numbers (Get information about schools,
TypeOfEstablishment). The kinds are the columns of DfE's table of plans by placement
(education, health and care plans, caseload): its mainstream schools are maintained,
academies, free and independent, with or without a SEN unit or resourced provision; its
post-16 is colleges, sixth forms and specialist institutions; what it calls "educated
elsewhere" has online providers, Welsh schools, secure units, schools of the services,
offshore and British schools overseas among it. The release names the columns and not each
type, so that a few were placed by what they are; see docs/adr/0057.
"""

from typing import Final

from openscrutiny.record.expressions import RecordView, Rows, ibis

_MAINSTREAM: Final = "Mainstream, state-funded"
_MAINSTREAM_INDEPENDENT: Final = "Mainstream, independent"
_SPECIAL: Final = "Special, state-funded"
_SPECIAL_INDEPENDENT: Final = "Special, independent or non-maintained"
_ALTERNATIVE: Final = "Alternative provision"
_POST_16: Final = "College or other post-16"
_EARLY_YEARS: Final = "Early years provider"
_ELSEWHERE: Final = "Elsewhere than in school"
_NOWHERE: Final = "Not in education or training"
KINDS: Final = (
    _MAINSTREAM,
    _MAINSTREAM_INDEPENDENT,
    _SPECIAL,
    _SPECIAL_INDEPENDENT,
    _ALTERNATIVE,
    _POST_16,
    _EARLY_YEARS,
    _ELSEWHERE,
    _NOWHERE,
)
MAINSTREAM: Final = (_MAINSTREAM, _MAINSTREAM_INDEPENDENT)
INDEPENDENT: Final = (_MAINSTREAM_INDEPENDENT, _SPECIAL_INDEPENDENT)
# Where a place is, seen from the authority that maintains the plan.
PLACES: Final = ("In the area", "In another area", "At no school or college")
IN_THE_AREA, _IN_ANOTHER, _AT_NONE = PLACES

_TYPES: Final = {
    # Community, voluntary aided and controlled, foundation; city technology college;
    # maintained nursery; academies, free schools, technical colleges, studio schools.
    _MAINSTREAM: (1, 2, 3, 5, 6, 15, 28, 34, 35, 40, 41),
    _MAINSTREAM_INDEPENDENT: (11,),
    # Community and foundation special; special academies and free schools.
    _SPECIAL: (7, 12, 33, 36, 44),
    _SPECIAL_INDEPENDENT: (8, 10),
    # Pupil referral units; alternative provision of academies and free schools.
    _ALTERNATIVE: (14, 38, 42, 43),
    # Further and higher education, sixth form centres, special post-16 institutions,
    # academies and free schools from 16, colleges funded by other departments.
    _POST_16: (18, 29, 31, 32, 39, 45, 46, 56),
    # Secure units and the secure school, offshore, services' and miscellaneous schools,
    # Welsh ones, British schools overseas, online providers.
    _ELSEWHERE: (24, 25, 26, 27, 30, 37, 49, 57),
}
_ONLINE: Final = 49  # whose address is an office, and no place of a child
_SETTINGS: Final = {
    _EARLY_YEARS: ("EYP",),
    _ELSEWHERE: ("EHE", "OLA", "OPA", "OTH"),
    _NOWHERE: ("NEET", "NIEC", "NIEO"),
}


def find_placed_plans(record: RecordView, rows: Rows) -> Rows:
    """Add to plans in force their `kind` of place, and `where` that is.

    `rows` have `setting`, `urn` and `ukprn`. Both are null where nothing is said, or a
    number that the register of the plan's last day does not have. A setting is believed
    before a number, as the guide has it in its place. A school that has closed is what
    it was: its number means no other.
    """
    register = _with_kind(record.all_rows("establishments"))
    rows = _look_up(rows, register, "urn", "esta_urn", "by_urn")
    rows = _look_up(rows, _agreed(register), "ukprn", "esta_ukprn", "by_ukprn")
    # A school that the register has speaks for itself, whatever it leaves unsaid.
    has_entry = rows.by_urn_number.notnull()
    number_kind = has_entry.ifelse(rows.by_urn_kind, rows.by_ukprn_kind)
    area = has_entry.ifelse(rows.by_urn_area, rows.by_ukprn_area)
    by_setting = [(rows.setting.isin(codes), kind) for kind, codes in _SETTINGS.items()]
    away = rows.setting.isin((*_SETTINGS[_ELSEWHERE], *_SETTINGS[_NOWHERE]))
    return rows.mutate(
        kind=ibis.cases(*by_setting, else_=number_kind),
        where=ibis.cases(
            (away, _AT_NONE),
            (area == _AT_NONE, _AT_NONE),
            (area == rows.authority, IN_THE_AREA),
            (area.notnull(), _IN_ANOTHER),
        ),
    )


def _with_kind(register: Rows) -> Rows:
    """Give each entry its kind, and its area: an authority's number, or no place."""
    return register.mutate(
        kind=ibis.cases(
            *((register.esta_type.isin(types), kind) for kind, types in _TYPES.items())
        ),
        area=ibis.cases(
            (register.esta_type == _ONLINE, _AT_NONE), else_=register.esta_la
        ),
    )


def _agreed(register: Rows) -> Rows:
    """Give each provider's number what all its entries say alike.

    A school that became an academy has two entries and may have one such number.
    """
    one = register.group_by(
        "authority", "esta_ukprn", "valid_from", "valid_to"
    ).aggregate(
        first_kind=register.kind.min(),
        last_kind=register.kind.max(),
        kinds=register.kind.count(),
        first_area=register.area.min(),
        last_area=register.area.max(),
        areas=register.area.count(),
        entries=register.count(),
    )
    same_kind = (one.first_kind == one.last_kind) & (one.kinds == one.entries)
    same_area = (one.first_area == one.last_area) & (one.areas == one.entries)
    return one.mutate(
        kind=same_kind.ifelse(one.first_kind, None),
        area=same_area.ifelse(one.first_area, None),
    )


def _look_up(rows: Rows, register: Rows, own: str, theirs: str, name: str) -> Rows:
    """Add what the register of a plan's last day says of its number."""
    found = register.select(
        **{
            f"{name}_number": register[theirs],
            f"{name}_authority": register.authority,
            f"{name}_from": register.valid_from,
            f"{name}_to": register.valid_to,
            f"{name}_kind": register.kind,
            f"{name}_area": register.area,
        }
    )
    joined = rows.left_join(
        found,
        [
            rows[own] == found[f"{name}_number"],
            rows.authority == found[f"{name}_authority"],
            rows.valid_to >= found[f"{name}_from"],
            rows.valid_to <= found[f"{name}_to"],
        ],
    )
    return joined.drop(*(f"{name}_{part}" for part in ("authority", "from", "to")))
