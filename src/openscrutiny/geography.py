"""Facts about places: authorities that exist, regions, and England.

Numbers and codes are those of the Department for Education and the Office for National
Statistics (DfE's list of authorities, Open Government Licence v3.0). The names shown to
people come from the publications that are loaded; the names here are for checking them.
"""

import re
from functools import cache
from typing import Final

ENGLAND: Final = "E92000001"

REGION_CODES: Final[dict[str, str]] = {
    "north east": "E12000001",
    "north west": "E12000002",
    "yorkshire and the humber": "E12000003",
    "east midlands": "E12000004",
    "west midlands": "E12000005",
    "east of england": "E12000006",
    "london": "E12000007",
    "south east": "E12000008",
    "south west": "E12000009",
    "inner london": "E13000001",
    "outer london": "E13000002",
    "london (inner)": "E13000001",
    "london (outer)": "E13000002",
}

# One spelling of each; publishers vary.
REGION_NAMES: Final[dict[str, str]] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
    "E13000001": "Inner London",
    "E13000002": "Outer London",
}

# The local authority interactive tool numbers England and the regions from 970.
LAIT_AREAS: Final[dict[str, str]] = {
    "970": ENGLAND,
    "980": "E12000001",
    "981": "E12000002",
    "982": "E12000003",
    "983": "E12000004",
    "984": "E12000005",
    "985": "E12000006",
    "986": "E12000007",
    "987": "E13000001",
    "988": "E13000002",
    "989": "E12000008",
    "990": "E12000009",
}

# DfE's number of each authority by its nine-character code, those of ended authorities
# and earlier codes of present ones too.
NUMBERS_OF_CODES: Final[dict[str, str]] = {
    "E06000001": "805", "E06000002": "806", "E06000003": "807", "E06000004": "808",
    "E06000005": "841", "E06000006": "876", "E06000007": "877", "E06000008": "889",
    "E06000009": "890", "E06000010": "810", "E06000011": "811", "E06000012": "812",
    "E06000013": "813", "E06000014": "816", "E06000015": "831", "E06000016": "856",
    "E06000017": "857", "E06000018": "892", "E06000019": "884", "E06000020": "894",
    "E06000021": "861", "E06000022": "800", "E06000023": "801", "E06000024": "802",
    "E06000025": "803", "E06000026": "879", "E06000027": "880", "E06000028": "837",
    "E06000029": "836", "E06000030": "866", "E06000031": "874", "E06000032": "821",
    "E06000033": "882", "E06000034": "883", "E06000035": "887", "E06000036": "867",
    "E06000037": "869", "E06000038": "870", "E06000039": "871", "E06000040": "868",
    "E06000041": "872", "E06000042": "826", "E06000043": "846", "E06000044": "851",
    "E06000045": "852", "E06000046": "921", "E06000047": "840", "E06000048": "929",
    "E06000049": "895", "E06000050": "896", "E06000051": "893", "E06000052": "908",
    "E06000053": "420", "E06000054": "865", "E06000055": "822", "E06000056": "823",
    "E06000057": "929", "E06000058": "839", "E06000059": "838", "E06000060": "825",
    "E06000061": "940", "E06000062": "941", "E06000063": "942", "E06000064": "943",
    "E06000065": "815", "E06000066": "933", "E08000001": "350", "E08000002": "351",
    "E08000003": "352", "E08000004": "353", "E08000005": "354", "E08000006": "355",
    "E08000007": "356", "E08000008": "357", "E08000009": "358", "E08000010": "359",
    "E08000011": "340", "E08000012": "341", "E08000013": "342", "E08000014": "343",
    "E08000015": "344", "E08000016": "370", "E08000017": "371", "E08000018": "372",
    "E08000019": "373", "E08000020": "390", "E08000021": "391", "E08000022": "392",
    "E08000023": "393", "E08000024": "394", "E08000025": "330", "E08000026": "331",
    "E08000027": "332", "E08000028": "333", "E08000029": "334", "E08000030": "335",
    "E08000031": "336", "E08000032": "380", "E08000033": "381", "E08000034": "382",
    "E08000035": "383", "E08000036": "384", "E08000037": "390", "E08000038": "370",
    "E08000039": "373", "E09000001": "201", "E09000002": "301", "E09000003": "302",
    "E09000004": "303", "E09000005": "304", "E09000006": "305", "E09000007": "202",
    "E09000008": "306", "E09000009": "307", "E09000010": "308", "E09000011": "203",
    "E09000012": "204", "E09000013": "205", "E09000014": "309", "E09000015": "310",
    "E09000016": "311", "E09000017": "312", "E09000018": "313", "E09000019": "206",
    "E09000020": "207", "E09000021": "314", "E09000022": "208", "E09000023": "209",
    "E09000024": "315", "E09000025": "316", "E09000026": "317", "E09000027": "318",
    "E09000028": "210", "E09000029": "319", "E09000030": "211", "E09000031": "320",
    "E09000032": "212", "E09000033": "213", "E10000001": "820", "E10000002": "825",
    "E10000003": "873", "E10000004": "875", "E10000006": "909", "E10000007": "830",
    "E10000008": "878", "E10000009": "835", "E10000011": "845", "E10000012": "881",
    "E10000013": "916", "E10000014": "850", "E10000015": "919", "E10000016": "886",
    "E10000017": "888", "E10000018": "855", "E10000019": "925", "E10000020": "926",
    "E10000021": "928", "E10000023": "815", "E10000024": "891", "E10000025": "931",
    "E10000027": "933", "E10000028": "860", "E10000029": "935", "E10000030": "936",
    "E10000031": "937", "E10000032": "938", "E10000034": "885",
}  # fmt: skip

# The 153 authorities with children's services since April 2023, by DfE's number.
CURRENT_AUTHORITIES: Final[frozenset[str]] = frozenset(
    (
        "201", "202", "203", "204", "205", "206", "207", "208", "209", "210", "211",
        "212", "213", "301", "302", "303", "304", "305", "306", "307", "308", "309",
        "310", "311", "312", "313", "314", "315", "316", "317", "318", "319", "320",
        "330", "331", "332", "333", "334", "335", "336", "340", "341", "342", "343",
        "344", "350", "351", "352", "353", "354", "355", "356", "357", "358", "359",
        "370", "371", "372", "373", "380", "381", "382", "383", "384", "390", "391",
        "392", "393", "394", "420", "800", "801", "802", "803", "805", "806", "807",
        "808", "810", "811", "812", "813", "815", "816", "821", "822", "823", "825",
        "826", "830", "831", "838", "839", "840", "841", "845", "846", "850", "851",
        "852", "855", "856", "857", "860", "861", "865", "866", "867", "868", "869",
        "870", "871", "872", "873", "874", "876", "877", "878", "879", "880", "881",
        "882", "883", "884", "885", "886", "887", "888", "889", "890", "891", "892",
        "893", "894", "895", "896", "908", "916", "919", "921", "925", "926", "929",
        "931", "933", "935", "936", "937", "938", "940", "941", "942", "943",
    )
)  # fmt: skip

# Publishers keep their rows for years, and two measures still give them new values;
# counting them would give 158 authorities where there are 153.
ENDED_AUTHORITIES: Final[dict[str, str]] = {
    "702": "overseas establishments of the forces",
    "820": "Bedfordshire, to March 2009",
    "828": "not an authority's number since before 2009",
    "829": "not an authority's number since before 2009",
    "835": "Dorset, to March 2019",
    "836": "Poole, to March 2019",
    "837": "Bournemouth, to March 2019",
    "875": "Cheshire, to March 2009",
    "909": "Cumbria, to March 2023",
    "928": "Northamptonshire, to March 2021",
}

# One spelling of each name, the ended authorities that publications still hold
# included: 820 and 875 (to March 2009), 835 to 837 (2019), 928 (2021), 909 (2023).
AUTHORITY_NAMES: Final[dict[str, str]] = {
    "201": "City of London",
    "202": "Camden",
    "203": "Greenwich",
    "204": "Hackney",
    "205": "Hammersmith and Fulham",
    "206": "Islington",
    "207": "Kensington and Chelsea",
    "208": "Lambeth",
    "209": "Lewisham",
    "210": "Southwark",
    "211": "Tower Hamlets",
    "212": "Wandsworth",
    "213": "Westminster",
    "301": "Barking and Dagenham",
    "302": "Barnet",
    "303": "Bexley",
    "304": "Brent",
    "305": "Bromley",
    "306": "Croydon",
    "307": "Ealing",
    "308": "Enfield",
    "309": "Haringey",
    "310": "Harrow",
    "311": "Havering",
    "312": "Hillingdon",
    "313": "Hounslow",
    "314": "Kingston upon Thames",
    "315": "Merton",
    "316": "Newham",
    "317": "Redbridge",
    "318": "Richmond upon Thames",
    "319": "Sutton",
    "320": "Waltham Forest",
    "330": "Birmingham",
    "331": "Coventry",
    "332": "Dudley",
    "333": "Sandwell",
    "334": "Solihull",
    "335": "Walsall",
    "336": "Wolverhampton",
    "340": "Knowsley",
    "341": "Liverpool",
    "342": "St. Helens",
    "343": "Sefton",
    "344": "Wirral",
    "350": "Bolton",
    "351": "Bury",
    "352": "Manchester",
    "353": "Oldham",
    "354": "Rochdale",
    "355": "Salford",
    "356": "Stockport",
    "357": "Tameside",
    "358": "Trafford",
    "359": "Wigan",
    "370": "Barnsley",
    "371": "Doncaster",
    "372": "Rotherham",
    "373": "Sheffield",
    "380": "Bradford",
    "381": "Calderdale",
    "382": "Kirklees",
    "383": "Leeds",
    "384": "Wakefield",
    "390": "Gateshead",
    "391": "Newcastle upon Tyne",
    "392": "North Tyneside",
    "393": "South Tyneside",
    "394": "Sunderland",
    "420": "Isles of Scilly",
    "702": "British Forces Post Office overseas establishments",
    "800": "Bath and North East Somerset",
    "801": "Bristol, City of",
    "802": "North Somerset",
    "803": "South Gloucestershire",
    "805": "Hartlepool",
    "806": "Middlesbrough",
    "807": "Redcar and Cleveland",
    "808": "Stockton-on-Tees",
    "810": "Kingston upon Hull, City of",
    "811": "East Riding of Yorkshire",
    "812": "North East Lincolnshire",
    "813": "North Lincolnshire",
    "815": "North Yorkshire",
    "816": "York",
    "820": "Bedfordshire",
    "821": "Luton",
    "822": "Bedford",
    "823": "Central Bedfordshire",
    "825": "Buckinghamshire",
    "826": "Milton Keynes",
    "830": "Derbyshire",
    "831": "Derby",
    "835": "Dorset",
    "836": "Poole",
    "837": "Bournemouth",
    "838": "Dorset",
    "839": "Bournemouth, Christchurch and Poole",
    "840": "County Durham",
    "841": "Darlington",
    "845": "East Sussex",
    "846": "Brighton and Hove",
    "850": "Hampshire",
    "851": "Portsmouth",
    "852": "Southampton",
    "855": "Leicestershire",
    "856": "Leicester",
    "857": "Rutland",
    "860": "Staffordshire",
    "861": "Stoke-on-Trent",
    "865": "Wiltshire",
    "866": "Swindon",
    "867": "Bracknell Forest",
    "868": "Windsor and Maidenhead",
    "869": "West Berkshire",
    "870": "Reading",
    "871": "Slough",
    "872": "Wokingham",
    "873": "Cambridgeshire",
    "874": "Peterborough",
    "875": "Cheshire",
    "876": "Halton",
    "877": "Warrington",
    "878": "Devon",
    "879": "Plymouth",
    "880": "Torbay",
    "881": "Essex",
    "882": "Southend-on-Sea",
    "883": "Thurrock",
    "884": "Herefordshire, County of",
    "885": "Worcestershire",
    "886": "Kent",
    "887": "Medway",
    "888": "Lancashire",
    "889": "Blackburn with Darwen",
    "890": "Blackpool",
    "891": "Nottinghamshire",
    "892": "Nottingham",
    "893": "Shropshire",
    "894": "Telford and Wrekin",
    "895": "Cheshire East",
    "896": "Cheshire West and Chester",
    "908": "Cornwall",
    "909": "Cumbria",
    "916": "Gloucestershire",
    "919": "Hertfordshire",
    "921": "Isle of Wight",
    "925": "Lincolnshire",
    "926": "Norfolk",
    "928": "Northamptonshire",
    "929": "Northumberland",
    "931": "Oxfordshire",
    "933": "Somerset",
    "935": "Suffolk",
    "936": "Surrey",
    "937": "Warwickshire",
    "938": "West Sussex",
    "940": "North Northamptonshire",
    "941": "West Northamptonshire",
    "942": "Cumberland",
    "943": "Westmorland and Furness",
}


def is_current_authority(code: str) -> bool:
    """Say whether an authority bears this number today."""
    return code in CURRENT_AUTHORITIES


# ---------- Names that publications print ----------

Words = frozenset[str]

# Words that one publisher sets and another leaves out: "Bristol, City of", "Bedford
# Borough", "Dorset (Pre LG)".
_FILLERS: Final = frozenset(
    ("city", "of", "county", "borough", "council", "the", "pre", "lg")
)
_ENDED: Final = re.compile(r"^(?P<name>.+), to (?P<month>\w+) (?P<year>\d{4})$")


def words_of_name(name: str) -> Words:
    """Reduce a name to the words that tell it from others.

    >>> words_of_name("Bristol, City of") == words_of_name("Bristol")
    True
    """
    plain = name.casefold().replace("&", " and ")
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - _FILLERS


@cache
def _words_of_codes() -> dict[str, Words]:
    names = {**AUTHORITY_NAMES, **REGION_NAMES, ENGLAND: "England"}
    return {code: words_of_name(name) for code, name in names.items()}


@cache
def _codes_by_words() -> dict[Words, str]:
    # 835 and 838 are both Dorset: the later number counts, which is today's.
    return {words_of_name(name): code for code, name in sorted(AUTHORITY_NAMES.items())}


def find_authority(name: str) -> str | None:
    """Find the number of the authority that has this name, in any usual spelling."""
    return _codes_by_words().get(words_of_name(name))


def words_of_code(code: str) -> Words | None:
    """Give the words of the name that belongs to a code; None where it is not known."""
    return _words_of_codes().get(code)


@cache
def find_name_owner(code: str, name: str) -> str | None:
    """Find the code whose name stands beside another code; None where all is well.

    A code that is not known here (an invented one) has no name to be held to, but it
    does not bear that of a known one either.

    >>> find_name_owner("873", "Central Bedfordshire"), find_name_owner("835", "Dorset")
    ('823', None)
    """
    given = words_of_name(name)
    known = _words_of_codes()
    if not given or given == known.get(code):
        return None
    owners = [other for other, words in known.items() if words == given]
    # The City of London is no region; of two Dorsets today's has the later number.
    return max(owners, key=lambda other: (len(other) == len(code), other), default=None)


def describe_ended(code: str) -> str:
    """Name an authority that has ended: "Cumbria (ended March 2023)"; "" for others."""
    words = ENDED_AUTHORITIES.get(code)
    if words is None:
        return ""
    found = _ENDED.match(words)
    if found is None:
        return f"{code} ({words})"
    return f"{found['name']} (ended {found['month']} {found['year']})"


def ended_in(code: str) -> int | None:
    """Give the year in which an authority ended; None where it has not, or unknown."""
    found = _ENDED.match(ENDED_AUTHORITIES.get(code, ""))
    return int(found["year"]) if found else None
