"""The ways in which indicators are split, and the returns that hold what is needed."""

from typing import Final

from openscrutiny.indicators.definition import Breakdown

_ALL: Final = frozenset({"cin", "ssda903", "sen2", "annex-a"})

AGE_BAND: Final = Breakdown("age_band", _ALL)
SEX: Final = Breakdown("sex", _ALL)
ETHNICITY: Final = Breakdown("ethnicity", _ALL)
DISABILITY: Final = Breakdown("disability", frozenset({"cin", "annex-a"}))
# Annex A list 3 (referrals) has no disability.
DISABILITY_CENSUS: Final = Breakdown("disability", frozenset({"cin"}))
SOURCE: Final = Breakdown("referral_source", frozenset({"cin", "annex-a"}))
PLACEMENT: Final = Breakdown("placement", frozenset({"ssda903"}))
LOCATION: Final = Breakdown("location", frozenset({"ssda903"}))
SETTING: Final = Breakdown("setting", frozenset({"sen2"}))
WAITING: Final = Breakdown("waiting", frozenset({"sen2"}))
OVERDUE: Final = Breakdown("overdue", frozenset({"sen2"}))
# The census does not hold teams.
TEAM: Final = Breakdown("team", frozenset({"annex-a"}))
