"""What of minutes may not be shown: people who are no officers of rank, and their lives."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from openscrutiny.minutes.lives import (
    RANKS,
    is_about_conduct,
    is_about_health,
    is_about_one_child,
)

_NAME: Final = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_TITLED: Final = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? (?P<name>{_NAME})")
# "teachers' representative" speaks for a body, and is none of them.
_NEVER_NAMED: Final = (
    rf"(?:{RANKS})(?!s?[’']?s? (?:representative|governor|union|member))"
)
_JUNIOR: Final = (
    rf"(?:{_NEVER_NAMED}|team manager|service manager|team leader|headteacher|head teacher|"
    r"coordinator|co-ordinator|analyst)"
)
_STAFF: Final = re.compile(
    rf"\b(?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)(?:,| \(|, an?| –| -) ?(?:an? |the )?(?:[a-z-]+ ){{0,3}}(?i:{_JUNIOR})"
    rf"|(?i:{_JUNIOR}),? (?:called |named |known as )?(?P<after>[A-Z][\w’'-]+ [A-Z][\w’'-]+)"
)
_OF_NO_RANK: Final = re.compile(
    rf"\b(?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)(?:,| \(|, an?| –| -) ?(?:an? |the )?(?:[a-z-]+ ){{0,3}}(?:\w+ )?(?i:{_NEVER_NAMED})"
    rf"|(?i:{_NEVER_NAMED}),? (?P<after>[A-Z][\w’'-]+ [A-Z][\w’'-]+)"
)
# Who wrote, or of whom something is told, and speaks for nobody.
_PERSON: Final = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)? [A-Z][a-z’'-]+(?:-[A-Z][a-z]+)?"
_STRANGER: Final = re.compile(
    r"\b(?i:letter|e-?mail|complaint|petition|statement|message|account|deputation|telephone call|phone call|"
    rf"submission|testimony|case|circumstances|evidence) (?i:from|by|of|sent by|signed by|written by|against|about) (?P<name>{_PERSON})"
    r"(?= (?:was|were|had|has|who|whose|about|in which|that|of \d|of [A-Z])\b|[,.;])"
    rf"|(?<!Dame )(?<!Sir )(?<!Lord )(?<!Cllr )(?<!Councillor )(?<!Lady )\b(?P<after>{_PERSON}), (?:who|whose \w+) (?:had|was|lived|lives)\b"
)
_RESIDENT: Final = re.compile(
    r"\b(?i:resident|parent|mother|father|carer|grandparent|grandmother|grandfather|pupil|"
    r"student|complainant|whistleblower|victim|claimant|appellant|tenant|neighbour|employee|guardian|aunt|uncle|cousin|niece|nephew|"
    r"grandson|granddaughter|stepfather|stepmother|widow|teenager|care leaver|survivor|young person|child|boy|girl|son|daughter|brother|sister)s?,? "
    r"(?:named |called |known as )?(?:(?:of |to )(?![A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? (?:Ward|Road|Street|Lane|Avenue|"
    r"Close|Primary|Secondary|Infant|Junior|High|College|Park|Estate|Hill|Green)\b))?"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
# "Jo Example, a resident of the borough, asked": whoever speaks so is private all the same.
_CALLED_RESIDENT: Final = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})(?: \([A-Z]{2,4}\))?,? ?\(?(?:who (?:was|is) )?(?:an? |the )?(?:\w+ )?"
    r"(?:resident|parent|mother|father|member of the public|grandparent|constituent|petitioner)\b"
    r"|\b(?:resident|member of the public|petitioner|questioner)s?,? (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
    r"(?P<after>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
    r"|\bpublic questions?\b[^.]{0,60}?(?:from|by|of) (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
    r"(?P<asks>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
# "Jo Smith and Tia Brown, care leavers", "Tia Brown (care leaver)": all of them are.
_CALLED_LAY: Final = re.compile(
    rf"(?<!\bin )(?<!\bat )(?<!\bof )(?<!\bfrom )(?<!\bnear )(?P<names>\b{_PERSON}(?:(?:, (?:and )?| and | & ){_PERSON})*)"
    r"(?: ?[,(–-] ?| (?=aged ))(?:who (?:was|were|is|are) )?(?:an? |the |both |all |two |three |four |former )?(?:[a-z-]+ )?"
    r"(?:care[- ]leavers?|care[- ]experienced|young (?:people|person|man|woman|men|women|carers?|mother|father|parents?)|looked after child(?:ren)?|"
    r"pupils?|students?|parents?(?! governors?)|foster carers?|carers?|mothers?|fathers?|residents?|tenants?|adopters?|aged \d+|apprentices?|service users?)\b"
    r"(?!['’]? (?:representatives?|governors?|forum|council|champion|lead|manager|services?|director))"
)
# "thanked Tia Brown for her story": whoever is thanked for it has told of a life.
_THANKED_FOR: Final = re.compile(
    rf"\b(?:thanked|praised|heard from|listened to) (?P<names>{_PERSON}(?:(?:, (?:and )?| and ){_PERSON})*) (?:for (?:sharing )?)?"
    r"(?:(?:his|her|their) (?:\w+ )?(?:stor(?:y|ies)|experiences?|courage|bravery|honesty|openness|journey|testimon\w+|account)\b)"
)
_NO_RESIDENT: Final = re.compile(
    r"parent(?:s[’']?|[’']s)? (?:governor|carer|co-opt|representative|rep\b|member|forum|council|champion)"
)
_NOT_NAMES: Final = frozenset((
    "A", "Abuse", "Academy", "Advisory", "Advocate", "Advocates", "An", "And",
    "Apprenticeship", "Arrangements", "Assessment", "Assessments", "Association", "At",
    "Award", "Awards", "Benefit", "Board", "But", "Campaign", "Capacity", "Care",
    "Carer", "Carers", "Centre", "Centres", "Champion", "Charter", "Children",
    "Commissioner", "Committee", "Council", "Council’s", "Criminal", "Death", "Degree",
    "Department", "Development", "Director", "Education", "Employment", "England",
    "Exploitation", "Families", "Family", "For", "Forum", "Framework", "Friendly",
    "Help", "Hubs", "Justice", "Meals",
    "Governor", "Governors", "Guidance", "Health", "In", "It", "London", "Looked",
    "Measurement", "Member", "Members", "Mental", "Need", "Needs", "Network", "Obesity",
    "Officers", "On", "Or", "Order", "Orders", "Panel", "Participation", "Partnership",
    "Passport", "Place", "Places", "Plan", "Planning", "Plans", "Policy", "Poverty",
    "Practice", "Premium", "Programme", "Protection", "Psychology", "Recruitment",
    "Referral", "Register", "Representative", "Retention", "Review", "Reviews",
    "Safeguarding", "Scheme", "School", "Schools", "Service", "Services", "Sexual",
    "Social", "Standards", "Strategy", "Support", "Survey", "That", "The", "This",
    "Training", "Trust", "Voice", "Workforce",
))  # fmt: skip
# Bodies that write letters, and offices; none of these words is a last name too.
_OF_BODIES: Final = frozenset((
    "Academies", "Accountant", "Adviser", "Advisor", "Agency", "Association",
    "Authority", "Borough", "British", "Buses", "Chair", "Chairman", "Charity", "City",
    "Clerk", "College", "Commissioner", "Company", "County", "Director", "Early",
    "Eastern", "Fire", "Foundation", "Friends", "Group", "Home", "Hospital", "Housing",
    "Infants", "Inspector", "Lead", "Leader", "Manager", "Member", "National",
    "Northern", "Office", "Officer", "Ofsted", "Police", "Primary", "Principal",
    "Project", "Secondary", "Secretary", "Society", "Southern", "Stage", "Town",
    "Trains", "Transport", "Union", "University", "Western", "Youth",
))  # fmt: skip


_SPEAKS: Final = (
    r"(?:said|explained|confirmed|advised|responded|replied|stated|informed|clarified|reported|"
    r"assured|told|highlighted|acknowledged|answered|added|noted|asked|queried|presented|"
    r"introduced|described|outlined|attended|undertook|agreed|gave|went on|spoke|sought|would|"
    r"wished|also|was in attendance|commented|thanked|felt|moved|seconded|raised|requested|questioned|"
    r"enquired|wondered|welcomed|suggested|challenged|regretted|expressed|drew attention|observed|stressed|"
    r"emphasised|remarked|pointed out|wanted|reminded|declared|proposed|praised|supported|took|opened|ran through|set out|summarised|talked|walked|led|updated|shared|demonstrated|reassured|apologised|"
    r"accepted|conceded|admitted|believed|thought|hoped|pressed|probed|pursued|returned|picked up|put|inquired|continued|concluded|"
    r"spoke|closed|began|argued|cautioned|warned|disagreed|recalled|maintained|insisted|read out|paid tribute)"
)
_PRIVATELY: Final = "resident|parent|mother|father|grandparent|carer|pupil|petitioner|member of the public"
_NAMED: Final = r"(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+(?![\w’'-])"
_PUBLIC: Final = (
    re.compile(
        rf"\b(?:Councillors?|Cllrs?\.?) (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?P<name>{_NAMED})"
    ),
    re.compile(rf"\b(?:Councillors?|Cllrs?\.?) [^.;]{{0,80}}? and (?P<name>{_NAMED})"),
    re.compile(
        # "Mr Ash, of Pound Lane, asked": where somebody lives is no office, and who "had
        # been praised" did not speak.
        rf"\b(?P<name>{_NAMED}) ?[,(–-](?! ?(?:of |whose |who |living |aged |from (?!the ))) ?(?:the |an? )?[^.;\n]{{3,90}}?[,)]? ?(?:and [^.\n]{{3,60}})?(?<!been )(?<!were )(?<!was )\b{_SPEAKS}\b"
    ),
    re.compile(
        rf"\b(?P<name>{_NAMED}),? \(?(?:the |an? )?(?:[\w’'-]+ ){{0,5}}(?:co-opt\w+|for the|parent governor|governor|diocesan|representative|trustee)"
    ),
    re.compile(
        rf"\b(?:Director|Head|Lead|Member|Chair|Chairman|Inspector|Manager|Executive)[^.;,]{{0,60}}, (?P<name>{_NAMED}),? {_SPEAKS}\b"
    ),
    # "Ms Ash (Head of SEND)", "Jo Elm, Service Director": an office of rank beside a
    # name. Whoever is an officer of less is known by speaking, as above.
    re.compile(
        rf"\b(?P<name>{_NAMED}) ?[,(–-] ?(?:the )?(?:[A-Z][\w&’'-]*,? |of |for |and |in |the |& ){{0,8}}?"
        r"(?:Director|Head of|Commissioner|Superintendent|Chief (?:Executive|Officer|Inspector|Nurse)|Monitoring Officer|Leader of|"
        r"Cabinet Member|Portfolio Holder|Scrutineer)"
    ),
    # "Headteacher Jane Ash said": below a chief officer, and speaking in office.
    re.compile(
        rf"\b(?i:headteacher|head teacher|principal|manager|leader|co-?ordinator|analyst) (?P<name>{_NAMED}),? {_SPEAKS}\b"
    ),
    # Who speaks for a body, named after its office or before the body.
    re.compile(
        rf"\b[Rr]epresentatives?[^.;,]{{0,40}}, (?P<name>{_NAMED}),? {_SPEAKS}\b"
    ),
    re.compile(
        rf"\b(?P<name>{_NAMED}),? (?:from|representing|on behalf of) (?:the )?(?:[\w’'&-]+ ){{0,5}}"
        r"(?:Forum|Union|Healthwatch|Diocese|Association|Trust|University|Police|NHS|Federation|Partnership|Church|Network|Alliance)\b"
    ),
    # Initials are given to who attends; a resident may have some too, and stays private.
    re.compile(
        rf"\b(?P<name>{_NAMED}) ?\([A-Z]{{2,3}}\)(?!,? (?:an? |the )?(?:\w+ )?(?:{_PRIVATELY}))"
    ),
)


# "Present: Councillor Ash (Chair), Mrs Elm; Officers: the Head of SEND": what stands
# before the colon is the office of all whom it lists, unless it says nothing of them.
_ATTENDANCE: Final = re.compile(
    r"^\W*(?P<as>present|also present|in attendance|also in attendance|members|co-opted members|co-optees|officers|attendees|witnesses|invited|guests|substitutes)"
    r"(?: (?:present|in attendance|attending))?\s?:(?P<who>[^\n]{3,600})$",
    re.IGNORECASE | re.MULTILINE,
)
_BY_OFFICE: Final = frozenset(
    ("present", "members", "co-opted members", "co-optees", "officers", "substitutes")
)
# "The Chair welcomed Ada Prewett, Head of Inclusion, and Basil Orme to the meeting."
_WELCOMED: Final = re.compile(r"\bwelcomed (?=(?:the )?[A-Z])(?P<who>[^.;\n]{3,400})")
_IN_LIST: Final = re.compile(_NAMED)
# Whoever is there as one of these is no officer, whatever the list calls itself.
_LAY: Final = (
    r"(?:care leavers?|care[- ]experienced|young (?:person|people|man|woman|men|women|carers?|parents?|adults?)|looked after|children|child|boys?|girls?|pupils?|students?|learners?|"
    r"parents?(?! governors?)|mothers?|fathers?|mums?|dads?|grandparents?|(?:foster )?carers?|adopters?|residents?|tenants?|members? of the public|petitioners?|"
    r"famil(?:y|ies)|apprentices?|service users?|experts? by experience|aged \d+|lived experience)\b(?! (?:forum|services?|director|governor|representative|lead|manager|champion|team|support))"
)
_SOME_LAY: Final = re.compile(rf"\b{_LAY}", re.IGNORECASE)
# "Basil Orme, Service Manager (Access)", "Mrs Elm (Diocese)": an office or a body at once
# beside a name; nothing else that a list or a welcome says makes a name public.
_IN_OFFICE: Final = re.compile(
    rf"\b(?P<name>{_NAMED}) ?[,(–-] ?(?:the |an? )?(?P<role>[^,;()\n]{{3,80}})"
)
_AFTER_OFFICE: Final = re.compile(
    rf"\b(?:Director|Head|Lead|Manager|Commissioner|Inspector|Superintendent|Leader|Chief Executive|Cabinet Member)\b(?: (?:[A-Z][\w’'&-]*|of|for|and|the|&)){{0,8}}?, (?P<name>{_NAMED})(?=,|;| and | to |\Z)"
)
_OFFICE: Final = re.compile(
    r"\b(?:Directors?|Head|Manager|Lead|Leader|Officer|Commissioner|Inspector|Superintendent|Sergeant|Chief|Principal|Headteacher|"
    r"Co-?ordinator|Analyst|Solicitor|Accountant|Adviser|Consultant|Mayor|Cabinet|Executive|Portfolio|Scrutineer|Psychologist|"
    r"Trust|NHS|Police|Council|Board|Partnership|Union|Diocese|Diocesan|Forum|Association|University|College|Federation|Ofsted|"
    r"Healthwatch|Governor|Trustee|Representative|co-opt\w*|Chair\w*|Vice-Chair\w*|Nurse|Clerk|Independent)\b",
    re.IGNORECASE,
)


def find_public_names(text: str) -> tuple[str, ...]:
    """List who speaks at a meeting or holds office, as an item's whole text shows it.

    A resident who speaks is none of them.
    """
    private = _names_of_residents(text) | {
        (one["name"] or one["after"]).split()[-1] for one in _OF_NO_RANK.finditer(text)
    }
    named = {found["name"]: None for way in _PUBLIC for found in way.finditer(text)}
    for line in _ATTENDANCE.finditer(text):
        by_office = line["as"].lower() in _BY_OFFICE
        named |= dict.fromkeys(_listed_in_office(line["who"], by_office=by_office))
    for welcomed in _WELCOMED.finditer(text):
        named |= dict.fromkeys(_listed_in_office(welcomed["who"], by_office=False))
    return tuple(name for name in named if not private & set(name.split()))


def _listed_in_office(line: str, *, by_office: bool) -> list[str]:
    """List whom a line shows to be there in office: by its own heading, or beside a name.

    Where some of a list are there as pupils, parents or care leavers, only an office
    that stands directly after a name is that person's.
    """
    some_lay = _SOME_LAY.search(line) is not None
    if by_office and not some_lay:
        return _IN_LIST.findall(line)
    named = [
        one["name"]
        for one in _IN_OFFICE.finditer(line)
        if _OFFICE.search(one["role"]) and not _SOME_LAY.search(one["role"])
    ]
    if not some_lay:
        named += [one["name"] for one in _AFTER_OFFICE.finditer(line)]
    return named


# Public and private names of an item both ask for them, one after the other.
@lru_cache(maxsize=2)
def _names_of_residents(text: str) -> frozenset[str]:
    return frozenset(
        name.split()[-1]
        for found in _CALLED_RESIDENT.finditer(text)
        if not _NO_RESIDENT.match(text, found.end() - len("parent"))
        and (name := found["name"] or found["after"] or found["asks"])
        and not any(word in _NOT_NAMES for word in name.split())
    ) | frozenset(
        name.split()[-1]
        for way in (_CALLED_LAY, _THANKED_FOR)
        for found in way.finditer(text)
        for name in _called(found)
        if _OF_BODIES.isdisjoint(name.split())
        and _NOT_NAMES.isdisjoint(name.split())
        and name.split()[0] not in ("Councillor", "Councillors", "Cllr", "Cllrs")
    )


def _called(found: re.Match[str]) -> list[str]:
    """List who is called so: of several names only the last is "a parent"."""
    names: list[str] = re.findall(_PERSON, found["names"])
    several = found.re is _THANKED_FOR or found.group().endswith(
        ("s", "people", "men", "children", "experienced")
    )
    return names if several else names[-1:]


def find_private_names(text: str, known: Collection[str]) -> frozenset[str]:
    """Give the last names of those whom a text names and who hold no office in it."""
    return _names_of_residents(text) | frozenset(
        (found.groupdict().get("name") or found.groupdict().get("after") or "")
        .split()[-1]
        .removesuffix("’s")
        .removesuffix("'s")
        for way in (_STAFF, _RESIDENT, _TITLED, _STRANGER)
        for found in way.finditer(text)
        if _is_somebody_else(found, known)
    )


def why_held_back(
    said: str, known: Collection[str] = (), private: Collection[str] = ()
) -> str:
    """Say why a sentence may not be shown to all; nothing where it may.

    `known` are names of those who hold office or attend in it: they are public;
    `private` are last names that the item gives elsewhere of others. The reason never
    repeats a name.
    """
    if is_about_one_child(said):
        return "It may be about one child."
    if is_about_conduct(said):
        return "It is about the conduct or capability of somebody."
    if is_about_health(said):
        return "It is about the health of somebody."
    for pattern, why in (
        (_STAFF, "It names a member of staff below chief officer."),
        (_RESIDENT, "It names a resident or a child."),
        (_TITLED, "It names somebody who is not known to hold office."),
        (_STRANGER, "It names somebody who is not known to hold office."),
    ):
        for found in pattern.finditer(said):
            if _is_somebody_else(found, known):
                return why
    if any(re.search(rf"\b{re.escape(name)}\b", said) for name in private):
        return "It names somebody whom these minutes name as a private person."
    return ""


def why_personal(typed: str, beside: str = "") -> str:
    """Say why what somebody typed may be personal; nothing where it is not.

    `beside` is the text of its item, which tells who holds office there.
    """
    known = (*find_public_names(beside), *find_public_names(typed))
    private = find_private_names(beside, known) | find_private_names(typed, known)
    return why_held_back(typed, known, private)


def _is_somebody_else(found: re.Match[str], known: Collection[str]) -> bool:
    groups = found.groupdict()
    name = groups.get("name") or groups.get("after") or ""
    words = name.split()
    if not words or any(word in _NOT_NAMES for word in words):
        return False
    if found.re is _STRANGER and not _OF_BODIES.isdisjoint(words):
        return False
    return not any(words[-1].lower() in one.lower().split() for one in known)
