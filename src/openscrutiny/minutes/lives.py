"""What a sentence tells of one person's life, without a name: one child, conduct, health.

Whoever is meant may be known from it all the same. What is true of many, or of anybody
of whom it may be, tells of nobody: "a child aged under five", "foster carers' sons".
"""

import re
from typing import Final

__all__ = ["RANKS", "is_about_conduct", "is_about_health", "is_about_one_child"]

# Roles below chief officer: whoever holds them is not named in public. A head, a lead
# or a chief of a calling is an officer of rank.
RANKS: Final = (
    r"\b(?=[a-w])(?<!principal )(?<!principal social )(?<!chief )(?<!lead )(?<!designated )(?<!executive )(?<!director of )(?:"
    r"worker|practitioner|assistant|teacher|caseworker|case officer|apprentice|trainee|intern|volunteer|"
    r"administrator|receptionist|secretary|typist|escort|driver|tutor|coach|key ?worker|nurse|health visitor|midwife|"
    r"therapist|counsellor|personal adviser|foster carer|childminder|adopter|mentor|caretaker|cleaner|cook|porter|"
    r"technician|instructor|warden|steward|supervisor|site manager|clerical officer)"
    r"(?! (?:director|head|chief|principal|commissioner|inspector|of state|representative)\b)"
)
_CHILD: Final = (
    r"(?:child|boy|girl|pupil|student|learner|baby|infant|toddler|teenager|youngster|young person|"
    r"young man|young woman|lad|care leaver|sibling)"
)
_YEARS: Final = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_ONE: Final = r"(?:a|an|one|the|that|this|another|whose|his|her)"
# "aged 14 to 16", "a child of ten or over": said of all who are of an age.
_NO_RANGE: Final = r"(?! ?(?:to|or|and|[-–/]) ?(?:\d|over|under|above|below|more|less|younger|older|t|s|e|f|n))"
# "a two year old would be offered", "the two year old entitlement": said of any of them.
_OF_ANY: Final = r"(?! (?:is|are|may|can|must|should|would|will|could|might|who (?:is|may|can|would)|needs?|has to)\b)"
# "A child aged five may": of a child in so many words, what would be is its own too.
_OF_ANY_CHILD: Final = r"(?! (?:is|are|may|can|must|needs?|has to)\b)"
_KIN: Final = (
    r"(?:(?:grand|step|god|foster|foster[- ]|adopted )?(?:son|daughter|child|children|sons|daughters)|niece|nephew|"
    r"(?:half[- ]|step[- ]?)?(?:brother|sister)|cousin|twins?|baby|little (?:boy|girl)|boy|girl)s?"
)
# "her child" may be anybody's; "her eldest child" is hers.
_OWN_KIN: Final = (
    r"(?:(?:grand|step|god)(?:son|daughter|child|children)|foster[- ]?(?:son|daughter|child|children)|son|daughter|sons|"
    r"daughters|niece|nephew|nieces|nephews|(?:half[- ]|step[- ]?)?(?:brother|sister)s?|cousin|twins|"
    rf"(?:own|eldest|oldest|youngest|elder|younger|adopted|foster|late|disabled|autistic|other|middle|{_YEARS}-year-old) {_KIN})"
    r"(?![- ]?(?:in-law )?(?:company|companies|firm|school|schools|authority|authorities|council|councils|"
    r"charity|trust|site|paper|document|organisation|members?|councillors?|officers?)\b)"
)
_ANYBODY: Final = r"(?:or his|or her|/her|/his|or their)"
_ONE_CHILD: Final = re.compile(
    # Tried where a word stands that one of these may begin with, and nowhere else.
    rf"(?:\A|\b(?={_ONE}\b|{_CHILD}|{_YEARS}|(?:he|she|who|as|their|these|lost|mr|mrs|ms|miss|dr|councillor|cllr)\b))(?:"
    + "|".join((
        r"\bchild [A-Z]\b|\b(?:the|that|this|one) (?:child|boy|girl|young person|pupil|baby) in question",
        # Told by an age alone: "one fourteen year old, who", "the two-year-old's".
        rf"(?<!every )\b{_ONE}(?: (?!(?:in|is|was|were|now|then|only)\b)[a-z][\w-]*){{0,3}} {_YEARS}(?:[- ]year[- ]|-years-)old(?:['’]s)?"
        rf"(?= (?:{_CHILD}|son|daughter|brother|sister|sibling|grand\w+|who|whose|with|had|was|concerned|in|from|at|on)\b|[.,;:)]|['’]s\b)"
        rf"{_OF_ANY}(?! in (?:ten|\d))",
        rf"(?<!\bany )(?<!\bevery )(?<!\beach )(?<!\bno )(?<!\bper )\b{_CHILD},? (?:of|aged) (?:just |only )?{_YEARS}\b(?! (?:weeks?|months?|years?) or){_NO_RANGE}{_OF_ANY_CHILD}",
        rf"\b(?:he|she|who) (?:was|is) (?:then |only |just |now |still )?{_YEARS} years old\b",
        rf"\b{_YEARS} years old (?:boy|girl|child|pupil|son|daughter)\b",
        rf"\bone(?: of (?:them|these|those|the \w+))?, (?:aged |an? )(?:only |just )?{_YEARS}\b",
        # "a care leaver, 19,", "the child, who was four", "two brothers aged six and eight".
        rf"\b{_ONE} (?:[\w-]+ )?{_CHILD}, (?:just |only |aged |then |now )?{_YEARS}\b(?=[,.;:)]| (?:had|was|who|and|in)\b)",
        rf"\b{_CHILD},? who (?:was|is) (?:then |only |just |now )?{_YEARS}\b(?! (?:weeks|months|miles|times|per|of)\b)",
        rf"\b(?:one|two|three|four|these|the) (?:young |little |other )?(?:brothers|sisters|siblings|boys|girls|children),? (?:aged|of) {_YEARS} and {_YEARS}\b",
        # Told by where it is: "a girl from Tresco School", "the family in Pound Lane".
        rf"\b{_ONE} (?:[\w-]+ )?(?:{_CHILD}|son|daughter) (?:from|at|of|attending) (?-i:[A-Z])[\w’'-]+ (?-i:School|Academy|College|Primary|High|Infant|Junior|House|Lodge)\b",
        r"\b(?:one|the|a|that|this) family (?:in|from|of|at|on) (?-i:[A-Z])[\w’'-]+ (?-i:Lane|Road|Street|Avenue|Close|Row|Hill|Way|Drive|Terrace|Crescent|Gardens|Court)\b",
        rf"\b(?:the|a|one|an) (?:[\w-]+ )?(?:mother|father|parent|grandmother|grandfather|aunt|uncle|carer) of (?:twins|triplets|(?:a|an|one|two|three|four) (?:[\w-]+ )?(?:{_CHILD}|son|daughter|children|boys|girls|sons|daughters)|two\b|three\b|four\b)(?!.{{0,40}}\b(?:can|could|may|should|might|must)\b)",
        r"\b(?:his|her|their) own (?:child|children|son|daughter)\b(?=.{0,30}\b(?:care|placement|placed|school|lost|taken|adopted)\b)|\blost (?:his|her) (?:own )?child\b",
        # Told by what befell it: "a teenager who had gone missing".
        # Asked or said of any child it is of none: "what a pupil who had been excluded was offered".
        rf"\A(?!.*\b(?:what|how|whether|when|where|if|why|any|every|each)\b).*?\b(?:a|one|another)(?: [\w-]+){{0,3}}? {_CHILD},? who(?:se \w+)? had\b",
        rf"\b(?:one|another)(?: [\w-]+){{0,3}}? {_CHILD},? who(?:se \w+)? (?:had|was|were)\b",
        rf"\bthe case of (?:a|one) (?:\w+ )?(?:{_CHILD}|family)\b",
        # Somebody's own family.
        rf"\b(?:whose|(?<!or )(?:his|her)) (?!{_ANYBODY})(?:[\w-]+ )?{_OWN_KIN}\b",
        r"\b(?:his|her) (?:mother|father|parents|carer|home|address|diagnosis|disclosure)\b",
        # A school is a child's, unless whoever runs or serves it speaks of it.
        r"\A(?!.*\b(?:head|headteacher|principal|governors?|witness|teacher|councillor|cllr)\b).*\b(?:his|her) school\b",
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Councillor|Cllr)\.? (?:[A-Z][\w-]+ )?[A-Z][\w-]+['’]s? (?:[\w-]+ )?{_OWN_KIN}\b",
        rf"\b(?:a|one|the) (?:mother|father|parent|grandmother|grandfather|grandparent|couple|family|carer|resident|petitioner)\b(?! may\b| can\b| should\b| must\b).{{0,60}}?\btheir (?:[\w-]+ )?{_OWN_KIN}\b(?<!s)",
        rf"\b(?:he|she|who) (?:\w+ )?(?:has|had) (?:an?|one|two|three) (?:[\w-]+ )?{_OWN_KIN}\b",
        r"\bas (?:a|the) (?:\w+ )?(?:mother|father|parent|grandmother|grandfather|grandparent|aunt|uncle) (?:of|to|with) (?:a|one|two|three|her|his|an)\b",
    ))
    + ")",
    re.IGNORECASE,
)  # fmt: skip
# Whose business it is to declare that they have somebody at a school.
_DECLARED: Final = re.compile(r"\bdeclar\w+\b.{0,40}\binterests?\b", re.IGNORECASE)
_OF_STAFF: Final = rf"(?:officer|manager|employee|headteacher|head teacher|carer|member of (?:the )?(?:\w+ ){{0,2}}(?:staff|team)|one of the (?:\w+ )?staff|{RANKS})"
_SANCTIONED: Final = (
    r"(?:suspended|dismissed|sacked|disciplined|cautioned|arrested|sent home|escorted|removed from (?:his|her|their) post|"
    r"under (?:police )?investigation|being investigated|accused|alleged|found guilty)"
)
_CONDUCT: Final = re.compile(
    r"\bgrievance\b|\bdisciplinary\b(?! (?:policy|policies|code|procedures))|\bgross misconduct\b|"
    r"\bcapability (?:process|procedure|proceedings)\b|"
    # Of pupils suspended there are many; of staff there is one at a time.
    rf"(?<!\bper )\b(?:{_OF_STAFF}|{_OF_STAFF} [^.;:]{{2,40}}?)(?:,? who|,?) (?:was|were|had (?:\w+ )?been|has (?:\w+ )?been|is|having been) (?:\w+ )?{_SANCTIONED}\b|"
    rf"\ballegations? (?:\w+ ){{0,4}}against (?:an?|one|the|that) {_OF_STAFF}|"
    rf"{_OF_STAFF} (?:[\w-]+ ){{0,2}}(?:resigned|left|retired|departed|had resigned|had left) (?:his post |her post )?(?:after|following|because of) (?:the|an?|this|that) (?:\w+ )?(?:incident|allegation|investigation|complaint|inquiry|inspection)\b|"
    r"\b(?:members? of staff|officers|workers|teachers|managers|employees) (?:was|were|had been|has been) (?:suspended|dismissed)\b|"
    r"\b(?:suspended|sent home|leave|suspension) on full pay\b|\bsuspended from (?:duty|work|(?:his|her|their) (?:post|duties|job))\b|\bgardening leave\b|"
    r"\bconduct of (?:an? |the |one )?(?:of )?(?:the )?(?:\w+ )?(?:officers?|members? of staff|employees?|workers?|teachers?|managers?)\b|"
    # Officers together may be praised; the manner of one of them is his or her own.
    r"(?:manner|way) in which (?:an? |the |one |one of the )(?:\w+ )?(?:officer|member of staff|employee|worker|teacher|manager)\b|"
    r"(?:manner|way) in which one of the \w+\b|"
    r"\b(?:complaints?|allegations?) (?:about|against) (?:an?|one) (?:\w+ )?(?:officer|worker|teacher|manager|member of staff)",
    re.IGNORECASE,
)
# Without one of these a sentence is about nobody's conduct: looked for first, being quick.
_MAY_BE_CONDUCT: Final = re.compile(
    r"\b(?:grievance|disciplin|gross|capability|suspen|dismiss|sacked|caution|arrest|sent home|escorted|removed|"
    r"under|being|accused|alleg|resign|left|retired|departed|found guilty|gardening|conduct|manner|way in|complain)",
    re.IGNORECASE,
)
_ILL: Final = (
    r"(?:diagnos\w+|cancer|leuka?emia|depression|anxiety|sick leave|surgery|pregnan\w+|overdose|self-harm\w*|"
    r"hospital\w*|disability|nervous breakdown|breakdown(?! (?:of|by|in|between))|an operation|epilepsy|stroke|illness|unwell|ill)"
    # "her anxiety that it would slip" is no illness.
    r"(?!-)(?! (?:that|about|over|at|of|by|school|trust|education|service|services|teams?|admissions?|beds?)\b)"
)
_HURT: Final = r"injur\w+|fractur\w+|bruis\w+|broken|burn\w*|wound\w*"
_HEALTH: Final = re.compile(
    # Said of somebody, and not by somebody of what the service treats: "she said that
    # there had been a rise in self-harm" is about no one.
    r"\b(?:he|she|(?:mr|mrs|ms|miss) [\w’'-]+|who)(?: (?:also|now|since|then|still|recently|later|himself|herself))? "
    r"(?:was|is|had|has|been|having|suffer\w*|struggl\w*|undergo\w*|went|recover\w*)\b"
    r"(?: (?:been|a|an|the|in|into|with|to|from|on|off|for|by|of|very|seriously|severe|severely|long-term|taken|admitted|absent|suffering|"
    rf"diagnosed|treated|away|having|since|long|his|her|acute|post-natal|through|undergoing|recovering|away)){{0,5}} {_ILL}\b"
    rf"|\b(?:an?|one|the) (?:[\w-]+ ){{0,2}}{_OF_STAFF} (?:had been|was|has been|is|went) (?:away |absent |off )?(?:on |off )?(?:long-term )?(?:sick|ill|unwell|sick leave)\b"
    rf"|\b(?:his|her)(?: [a-z-]+){{0,2}} {_ILL}\b"
    rf"|\bone of (?:them|the (?:boys|girls|children|pupils|three|two))\b(?: \S+){{0,4}} (?:{_ILL}|{_HURT})\b",
    re.IGNORECASE,
)


def is_about_one_child(said: str) -> bool:
    """Say whether a sentence may be about one child, or about somebody's own family."""
    return bool(_ONE_CHILD.search(said)) and not _DECLARED.search(said)


def is_about_conduct(said: str) -> bool:
    """Say whether a sentence is about the conduct or capability of one of the staff."""
    return bool(_MAY_BE_CONDUCT.search(said) and _CONDUCT.search(said))


def is_about_health(said: str) -> bool:
    """Say whether a sentence is about the health of somebody."""
    return _HEALTH.search(said) is not None
