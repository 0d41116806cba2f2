"""What a sentence tells of one person's life, without a name: one child, conduct, health.

Whoever is meant may be known from it all the same. What is true of many, or of anybody
of whom it may be, tells of nobody: "a child aged under five", "foster carers' sons".
"""

import re
from typing import Final

from openscrutiny.minutes.model import word_set

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
    r"young man|young woman|young (?:mother|father|mum|dad|parent|carer|adult)|lad|lass|schoolboy|schoolgirl|"
    r"adolescent|newborn|orphan|care leaver|sibling)"
)
_RELATIVE: Final = r"(?:(?:grand|step|god)?(?:son|daughter)|grandchild|stepchild|niece|nephew|(?:half[- ]|step[- ]?)?(?:brother|sister)|cousin|twin|triplet)"
_ADULT: Final = (
    r"(?:mother|father|mum|dad|parent|woman|man|carer|resident|tenant|refugee|asylum[- ]seeker|"
    r"grandmother|grandfather|grandparent|aunt|uncle|wife|husband|partner|victim|patient)"
)
_YEARS: Final = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-\w+)?)"
)
_JUST: Final = (
    r"(?:just |only |then |now |still |barely |nearly |almost |about |around )?"
)
_ONE: Final = r"(?:a|an|one|the|that|this|another|whose|his|her|their|my|our)"
_THIS_ONE: Final = r"(?:one|the|that|this|another|whose|his|her|their|my|our)"
# "aged 14 to 16", "a child of ten or over": said of all who are of an age. Of one child
# "nine or ten" and "nine and two brothers" are no range.
_NO_RANGE: Final = rf"(?! ?(?:(?:to|[-–/]) ?{_YEARS}\b|(?:to|or|and) (?:over|under|above|below|more|less|younger|older|upwards?)\b))"
# What may be, and not what may have been, is said of any of them.
_MAY: Final = r"(?:may|can|must|should)\b(?! (?:\w+ )?have\b)"
_OF_ANY: Final = rf"(?!,? (?:{_MAY}|(?:will|would|could|might)\b(?! (?:\w+ )?have\b)|(?:is|are|was) (?:entitled|eligible)\b|who (?:may|can|would)\b|has to\b))"
_OF_ANY_CHILD: Final = (
    rf"(?!,? (?:{_MAY}|(?:is|are|was) (?:entitled|eligible)\b|has to\b))"
)
# "the 15-year-old is living": what stands after an age that is somebody's.
_HAS_AGE: Final = rf"(?= (?:{_CHILD}|{_RELATIVE}|{_ADULT}|who|whose|with|without|had|has|was|is|needs|living|placed|concerned|in|from|at|on)\b|[.,;:)]|['’]s\b)"
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
    rf"(?:\A|\b(?={_ONE}\b|{_CHILD}|{_RELATIVE}|{_ADULT}|{_YEARS}|family|(?:he|she|who|as|their|these|lost|mr|mrs|ms|miss|dr|councillor|cllr)\b))(?:"
    + "|".join((
        r"\bchild [A-Z]\b|\b(?:the|that|this|one) (?:child|boy|girl|young person|pupil|baby) in question",
        # Told by an age alone: "one fourteen year old, who", "the two-year-old's".
        rf"\b{_ONE}(?: (?!(?:in|is|was|were|now|then|only)\b)[a-z][\w-]*){{0,3}} {_YEARS}(?:[- ]years?[- ]|-years-)old(?:['’]s)?"
        rf"{_HAS_AGE}{_OF_ANY}(?! in (?:ten|\d))",
        rf"\b(?:{_CHILD}|{_RELATIVE}),? (?:of|aged?) {_JUST}{_YEARS}\b(?: (?:days?|weeks?|months?|years?)\b)?{_NO_RANGE}{_OF_ANY_CHILD}",
        rf"\b{_THIS_ONE} (?:[\w-]+ ){{0,3}}{_CHILD},? aged? {_JUST}{_YEARS}\b{_NO_RANGE}",
        rf"\b{_ONE} (?:[\w-]+ ){{0,2}}{_ADULT},? aged? {_JUST}\d{{1,2}}\b{_NO_RANGE}{_OF_ANY_CHILD}",
        rf"\b{_ONE} (?:[\w-]+ ){{0,3}}(?:{_CHILD}|{_RELATIVE}|{_ADULT}) \((?:aged? )?{_YEARS}(?: years?| months?)?\)",
        rf"\bwho (?:is|was) {_JUST}{_YEARS}(?=[.,;)])",
        rf"\b(?:twins|triplets),? (?:of|aged) {_JUST}{_YEARS}\b{_NO_RANGE}{_OF_ANY}",
        rf"\b(?:my|our) (?:[\w-]+ )?{_RELATIVE}\b(?!-in-law)(?! (?:schools?|compan\w+|authorit\w+|councils?|charit\w+|trusts?|committees?)\b)",
        rf"\b(?:{_CHILD}|{_RELATIVE}|{_ADULT}|family) in (?:this|that|the) case\b",
        r"\b(?:his|her) (?:\w+ )?(?:EHC|EHCP|education, health and care|protection|pathway|care) plan\b|\b(?:his|her) (?:own |new |last |latest )?(?:social worker|placement|care order|criminal record|tribunal|flat|tenancy)\b",
        rf"\b(?:he|she) (?:was|is|had been|turned|had turned|had just turned) {_JUST}{_YEARS}(?= (?:when|and|at the time)\b|[.,;])",
        # Told by a year at school: "a Year 9 girl", "the pupil in Year 4".
        rf"\b{_ONE} (?!average |typical )(?:[\w-]+ ){{0,2}}(?:Year|Y) ?{_YEARS} (?:[\w-]+ )?{_CHILD}\b(?!['’-]){_OF_ANY}",
        rf"\b{_ONE} (?:[\w-]+ ){{0,2}}{_CHILD},? (?:in|from|of) (?:Year {_YEARS}|Reception)\b{_NO_RANGE}{_OF_ANY}",
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
        r"\b(?:his|her) (?:(?:own|late|birth|adoptive|foster) )?(?:(?:step|grand)?(?:mother|father|parents)|mum|dad|nan|aunt|uncle|guardian|boyfriend|girlfriend|foster carers?|carer|home|address|diagnosis|disclosure)\b(?! (?:office|page|city|town)\b)",
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Councillor|Cllr)\.? (?:[A-Z][\w-]+ )?[A-Z][\w-]+['’]s? (?:[\w-]+ )?{_OWN_KIN}\b",
        rf"\b(?:a|one|the) (?:mother|father|parent|grandmother|grandfather|grandparent|couple|family|carer|resident|petitioner)\b(?! may\b| can\b| should\b| must\b).{{0,60}}?\btheir (?:[\w-]+ )?{_OWN_KIN}\b(?<!s)",
        rf"\b(?:he|she|who) (?:\w+ )?(?:has|had) (?:an?|one|two|three) (?:[\w-]+ )?{_OWN_KIN}\b",
        r"\bas (?:a|the) (?:\w+ )?(?:mother|father|parent|grandmother|grandfather|grandparent|aunt|uncle) (?:of|to|with) (?:a|one|two|three|her|his|an)\b",
    ))
    + ")",
    re.IGNORECASE,
)  # fmt: skip
# "every child of ten", "any pupil who had been excluded": nobody in particular.
_ANY_OF_THEM: Final = re.compile(
    rf"\b(?:any|every|each|no|per|average|typical) (?:(?!(?:of|to|for|in|and|that)\b)[\w-]+ ){{0,3}}?(?:{_CHILD}|{_RELATIVE}|{_ADULT})\b(?:,? (?:who|whose|that)\b)?"
    rf"|\b(?:any|every|each|no) {_YEARS}[- ]year[- ]old\b|\bone (?:{_CHILD}|{_ADULT}) (?:in|out of) (?:every )?{_YEARS}\b(?! (?:school|placement|home|year|month)s?\b)",
    re.IGNORECASE,
)
# "If a child was returned, ..., why the child had been": of whichever it happens to.
_WHICHEVER: Final = re.compile(
    r"\A\W*(?:if|where|whenever) a (?:[\w-]+ )?(?P<who>child|pupil|student|young person|care leaver)\b(?! who\b)",
    re.IGNORECASE,
)
# A name beside an age: "Leo, aged 9". What is aged so and is no person or many is none.
_NO_FIRST_NAME: Final = (
    r"(?:Children|Pupils|Boys|Girls|Students|People|Persons|Learners|Leavers|Adults|Residents|Parents|Mothers|Fathers|Women|Men|"
    r"Those|All|Both|Everyone|Anyone|Any|Every|Each|Teenagers|Babies|Infants|Toddlers|Youths|Siblings|Migrants|Refugees|Seekers|Carers|"
    r"Apprentices|Participants|Respondents|Patients|Clients|Users|Individuals|Offenders|Defendants|Victims|Males|Females|Cohort|Population|"
    r"School|Academy|College|Nursery|Centre|Unit|Home|Provision|Places|Twins|Anybody|Nobody)\b"
)
_NAME: Final = rf"(?<!\bin )(?<!\bat )(?<!\bfrom )\b(?!{_NO_FIRST_NAME})[A-Z][a-z’'-]+(?: (?!{_NO_FIRST_NAME})[A-Z][\w’'-]+)?"
_NAMED_AT_AGE: Final = re.compile(
    rf"{_NAME},? \(?(?:who (?:is|was) )?(?:(?:then |now |just |only )?aged?|who (?:is|was)) {_JUST}{_YEARS}\b(?! (?:per|of|times|miles|weeks|months|days)\b){_NO_RANGE}"
    rf"|{_NAME} \({_YEARS}\)(?=,? (?:who|whose|had \w+(?:ed|en)|has \w+(?:ed|en)|was \w+(?:ed|en))\b)"
    rf"|{_NAME}, an? (?:[a-z-]+ )?(?:{_CHILD}|mother|father|asylum[- ]seeker|refugee)\b(?!['’-])(?! (?:governor|representative|member|champion|carer))"
    rf"|{_NAME}, \d{{1,2}},(?= (?:has|had|was|is|who|whose|of|from|lives|said|told)\b)"
)
# What befalls one person, and no plan, school or body.
_BEFELL: Final = (
    r"(?:(?:permanently |temporarily )?(?:excluded|expelled) (?:from|for|twice|once|again|three times|in|after|at)|(?:permanently )?(?:excluded|expelled)(?=[.,;])|run away|ran away|gone missing|absconded|"
    r"arrested|remanded|sentenced|convicted|imprisoned|deported|trafficked|groomed|abused|neglected|raped|assaulted|stabbed|beaten|slapped|kicked|"
    r"bullied|restrained|strip[- ]searched|drowned|hit by|(?:taken|come|came|been|placed|went|going) (?:in|into) (?:foster |residential |local authority )?care|in (?:foster|residential|secure) care|"
    r"in care (?:since|from|for|at|as|until)|in custody|in prison|on (?:remand|bail|probation|a tag)|homeless|evicted|rehoused|sleeping (?:rough|in|on|at)|slept (?:rough|in|on|at)|"
    r"living (?:in|at|with|on|alone|rough)|kept (?:out|at home)|left (?:alone|at the|on a|outside)|out of (?:school|education)|without (?:a|any) (?:school|home|social worker)|"
    r"turned away|(?:placed|moved|fostered|adopted|removed|refused) (?:at|in|by(?! (?:what|how|this|it|them|their|her|his|the (?:account|stor|courage|words)))|from|with|for|to|out|\d+|twice|again|three|four|five|six|seven|eight|nine|ten|on|a|an|its|his|her)\b|"
    r"(?:subject to|under|on|made the subject of) (?:an?|the) (?:[\w-]+ ){0,3}(?:order|protection plan|plan)\b|an? (?:EHC|EHCP|education, health and care|protection|pathway) plan|"
    r"in (?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty(?:-\w+)?) (?:[\w-]+ )?(?:placements?|homes?|schools?|hostels?)|"
    r"lost (?:his|her|their) (?:job|home|place|tenancy|apprenticeship|mother|father|parents|baby|child|children)|made redundant|a criminal record|a conviction|came to (?:England|Britain|the UK|this country)|arrived in (?:England|Britain|the UK|this country)|tried to (?:hang|kill|harm|drown)|(?:took|taken) (?:his|her) own life|(?:hanged|killed) (?:himself|herself)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:different |new )?(?:social workers|schools|carers|foster homes|placements|homes)\b|had (?:his|her|their) (?:[\w-]+ )?(?:baby|child|children|son|daughter) (?:removed|taken|adopted)|"
    r"an? (?:refugee|asylum[- ]seeker|care leaver|orphan|young offender)\b|seeking asylum|on benefits|unaccompanied|(?:waited|waiting) (?:[\w-]+ ){1,4}(?:for|since))"
)
_IS: Final = (
    r"(?:had|has|was|is|being|having been|having)(?: (?:been|also|then|now|since|once|twice|already|never|just|gone|still|recently|"
    r"only|not|later|had|being|allegedly|reportedly)){0,3}"
)
# Nobody says "the girl" or "a nephew" of any: whatever is told of that one is its own.
_SHE: Final = rf"(?:(?:school)?(?:boy|girl)|lad|lass|young (?:man|woman|mother|father|mum|dad)|{_RELATIVE})"
_LITTLE_ONE: Final = (
    r"(?:baby|toddler|teenager|youngster|newborn|orphan|woman|man|adolescent)"
)
# "the sister school", "a baby bank": a body or a thing is called after it.
_NO_THING: Final = (
    r"(?!-)(?!['’]s? (?:team|group|school|club|centre|service|home|unit|football|day))(?! (?:schools?|compan(?:y|ies)|charit(?:y|ies)|groups?|clinics?|banks?|bands?|clubs?|"
    r"classes|class|centres?|tracks?|aims?|tasks?|duties|authorit(?:y|ies)|councils?|services?|trusts?|papers?|documents?|organisations?|members?|firms?|sites?|"
    r"unit|hours|scheme|project|friendly|boxes|box|town|towns|programmes?|guides?|scouts?)\b)"
)
_OF_EITHER: Final = rf"(?! (?:or|and) (?:(?:a|the) )?(?:girl|boy|daughter|son|sister|brother|nephew|niece)\b)(?! (?:\w+ ){{0,4}}?(?:as|more|less) likely\b)(?! {_MAY})"
# What may not stand between "the" and "girl", since another clause or thing begins there.
_NO_LINK: Final = r"(?!(?:of|in|and|or|to|for|than|likely|as|by|on|at|with|where|when|once|if|until|unless|how|why|whether|what|who|that|a|an|the|any|every|each|no|was|were|had|is)\b)"
_PLACED_SO: Final = r"(?:,? (?:in|at|of|from|with|on|under|aged|living|placed|known|attending|about whom)\b[^.;]{0,60}?|, [^.;,]{1,60},| in question| concerned)?"
# "where a child had been excluded", "how a pupil was told": of any to whom it happens.
_WHERE: Final = r"(?<!where )(?<!when )(?<!once )(?<!until )(?<!unless )(?<!after )(?<!before )(?<!voice of )"
_ASKED_OF_ANY: Final = (
    rf"{_WHERE}(?<!what )(?<!how )(?<!whether )(?<!why )(?<!if )(?<!that )"
)
_LIFE: Final = re.compile(
    "|".join((
        # Of the ones who are no measure of all: "a boy was likelier than a girl to be".
        rf"(?<!\bor )(?<!\bthan )(?<!\bas )\b(?:a|an|one|the|that|this|another) (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?{_SHE}\b{_NO_THING}{_OF_EITHER}",
        rf"\b(?:their|my|our) (?:[\w’'-]+ ){{0,2}}?{_SHE}\b{_NO_THING}{_PLACED_SO} (?:had|has|was|is|did|needs|lives|lived|could not|cannot)\b",
        rf"\b(?:one|the|that|this|another) (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?{_LITTLE_ONE}\b{_NO_THING}{_OF_EITHER}",
        rf"\b(?:a|their|my|our) (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?{_LITTLE_ONE}\b{_NO_THING}{_OF_EITHER}(?:{_PLACED_SO} (?:had|has|was|is|did|needs|lives|lived|slept|sleeps|ran|went|waited|waits|told|died|could not|cannot)\b|,? whose?\b)",
        rf"\b(?:the|that|this|one) (?:\w+ )?{_CHILD}['’]s (?:{_RELATIVE}|{_ADULT}|parents|family|foster carers?) (?:had|has|was|were|is)\b",
        rf"\b(?:one|another) (?:{_NO_LINK}[\w’'-]+ ){{0,3}}?{_CHILD}\b(?!['’-]){_PLACED_SO} (?:had|has|was|is)\b",
        rf"{_WHERE}(?<!\bif )\b(?:the|that|this) (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?{_CHILD}\b(?!['’-]){_PLACED_SO} (?:(?:had|has) (?!to\b|a right\b)|(?:was|is|had|has) {_BEFELL})",
        # "The child, a wheelchair user, waits", "the pupil who set the fire".
        rf"{_WHERE}(?<!\bif )\b(?:the|that|this) (?:\w+ )?{_CHILD}, (?:an?|the) [^.;,]{{3,60}}, ",
        rf"{_WHERE}(?<!\bif )\b(?:the|that|this) (?:\w+ )?{_CHILD},? who (?!may|can|must|should|would|will|could|might|is|are|was|were|needs?|has|had|wants?|does|do)\w+\b",
        r"\b(?:the|that|this|one) (?:alleged )?(?:victim|complainant|perpetrator|assailant|deceased)(?:['’]s \w+)? (?:is|was|had|has|lives|lived|said|told)\b(?! (?:entitled|offered|asked)\b)",
        rf"\b(?:he|she) (?:is|was|had|has) [^.;,]{{1,40}} and (?:was|is|had been|has been) (?:[a-z]+ly )?{_BEFELL}",
        rf"(?:asked|asking) if (?:the|that|this) {_CHILD} had (?!to\b)",
        rf"{_ASKED_OF_ANY}\ba (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?{_CHILD}\b(?!['’-]){_PLACED_SO}(?:,? who)? (?:had|has) (?!to\b|a right\b)(?:\w+ )?(?:been|gone|run|lost|left|had|\w+ed|\w+en|slept|spent|told)\b",
        rf"{_ASKED_OF_ANY}\ba (?:[\w’'-]+ ){{0,2}}?{_CHILD} (?:was|is|had been|has been) (?:being )?(?:stabbed|hit|raped|assaulted|arrested|killed|drowned|hurt|trafficked|beaten|living|sleeping|attacked|restrained|groomed|deported|held in)\b",
        rf"\b(?:a|an|one|the|that|this|another) (?:{_NO_LINK}[\w’'-]+ ){{0,2}}?(?:{_ADULT}|family|couple)\b(?!['’-]){_PLACED_SO}(?:,? who)? (?:had|has|was|is)(?: (?:been|now|since|twice|also|recently|had|being)){{0,3}} (?:{_BEFELL}|moved (?:four|three|five|two|six)|fled|attempted)",
        rf"\b(?:a|an|one|the|that|this|another) (?:\w+ ){{0,2}}?{_ADULT} (?=lost|slept|ran|went|came|arrived|tried|took|hanged|killed){_BEFELL}",
        rf"\b(?:he|she) (?:{_IS} |(?=lost|ran|slept|came|went|arrived|tried|took|hanged|killed))(?:[a-z]+ly )?{_BEFELL}",
    )),
    re.IGNORECASE,
)  # fmt: skip
_NAMED_LIFE: Final = re.compile(
    rf"(?:\A|(?<=[,;] )|(?<=that )|(?<=how )|(?<=when )|(?<=where )|(?<=and )|(?<=because )|(?<=why )|(?<=about ))(?!The |A |An |It |This |That |There |These |Members|Officers|[A-Z]\w+ (?:Council|School|Trust|Academy|College|House|Lodge|Centre|Service|Committee)\b|(?:School|Council|Service|House|Contract|Funding|Who|One|He|She|They)\b)"
    rf"(?-i:[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)?),?(?: who)? (?:{_IS} |(?=lost|ran|slept|came|went|arrived|tried|took|hanged|killed))(?:[a-z]+ly )?(?!(?:placed|moved) (?:at|by|from|for|to|out|a|an|its|into|under)\b|(?:removed|refused|without|under|subject|on|in custody|living|an?) ){_BEFELL}",
    re.IGNORECASE,
)
# Without one of these words a sentence tells of nobody by what he or she is: looked for
# first, being quick. Parts of a word count: "half-brother", "15-year-old".
_SOMEBODY: Final = word_set(
    """
    child children boy boys girl girls pupil student learner baby infant toddler
    teenager youngster person man woman mother father mum dad parent carer adult lad
    lass schoolboy schoolgirl adolescent newborn orphan leaver sibling siblings son
    sons daughter daughters grandson granddaughter grandsons granddaughters stepson
    stepdaughter stepsons stepdaughters godson goddaughter grandchild grandchildren
    stepchild stepchildren niece nephew nieces nephews brother brothers sister sisters
    stepbrother stepsister cousin cousins twin twins triplet triplets resident tenant
    refugee seeker grandmother grandfather grandparent aunt uncle wife husband partner
    victim complainant perpetrator assailant deceased patient family couple petitioner
    he she his her who whose old aged age one mr mrs ms miss sick ill unwell
    """
)
_PLAIN_WORD: Final = re.compile(r"[a-z]+")
# A school is a child's, unless whoever runs or serves it speaks of it, and of no child.
_SCHOOL: Final = re.compile(r"\b(?:his|her) (?:\w+ )?school\b", re.IGNORECASE)
_RUNS_IT: Final = re.compile(
    rf"\A(?!.*\b(?:{_CHILD}|{_RELATIVE}|child|mother|father|parent)\b)(?!.*\b(?:he|she) (?:had been|was|could not|had not|has been|is)\b)"
    r"(?!.*\b(?:exclu|expel|suspen|kept|return|com(?:e|ing) back|sent home|attend|bull|missed|moved|transfer|off (?:his|her) school|out of (?:his|her))\w*)"
    r"(?:.*\b(?:head|headteacher|principal|governors?|witness|teacher)\b.*\b(?:his|her) (?:\w+ )?school\b"
    r"|.*\b(?:his|her) (?:\w+ )?school, (?:the )?(?:head|headteacher|principal|governor|witness|teacher)(?: \w+)? (?:answered|said|explained|replied|added)\b)",
    re.IGNORECASE,
)
# A Member must declare that one of the family goes to, serves or works for a school or a
# body. Only that clause is public: no age, no plan, no care, nothing that befell anybody.
_KINSHIP_DECLARED: Final = re.compile(
    r"(?P<declares>\A(?:\W*(?:Councillors?|Cllrs?\.?|The Chair\w*|The Vice-Chair\w*|Mr|Mrs|Ms|Miss|Dr|Reverend|Canon)\b[^.;]{0,60}? declared an? (?:[\w-]+ ){0,3}interest\b[^.;]{0,40}?,? (?:as|because|since|in that|that)) )"
    rf"(?:his|her) (?:[\w-]+ )?{_OWN_KIN} (?:attend(?:s|ed)|works?|worked|is employed|was employed|taught|teaches|goes to|went to|(?:is|was) (?:a|an|the|at|on) ?(?:pupil|student|teacher|governor|trustee|member|employee)?)"
    r" ?(?:at|by|of|for|in|on|with)? ?(?:the |a |an )?(?:(?-i:[A-Z])[\w’'-]*|school|college|academy|nursery|council|trust|service|authority|borough|of|for|and|the|staff|one|schools?|in|question|mentioned|named|concerned| )+\W*\Z",
    re.IGNORECASE,
)
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
# A body or a task has these before it, and nobody is ill of it.
_NO_TASK: Final = (
    r"(?!-)(?! (?:trusts?|schools?|education|services?|teams?|admissions?|beds?|lead|leads|strateg\w+|polic\w+|remit|units?|provision|nurses?|"
    r"workers?|managers?|support|awareness|training|charit\w+|forum|network|board|pathways?|assessments?|register|contract|consultant|"
    r"project|programme|report|figures|rates?|data|champion|clinic|governor|sector|and (?:mental )?health (?:lead|services?))\b)"
)
_ILL: Final = (
    r"(?:diagnos\w+|(?:\w+ )?cancer|tumour|leuka?emia|sick leave|surgery|pregnan\w+|miscarr\w+|overdos\w+|self-harm\w*|suicid\w+|"
    r"hospital\w*|(?:learning )?(?:disability|disabilities|difficulties)|disabled|nervous breakdown|breakdown(?! (?:of|by|in|between))|"
    r"an operation|epilep\w+|seizures|a stroke|unwell|ill|autis\w+|ADHD|asthma\w*|diabet\w+|anorexi\w+|eating disorder|psychosis|psychotic|bipolar|schizophreni\w+|"
    r"dementia|HIV|post-traumatic stress|PTSD|trauma|traumatised|brain injury|transplant|chemotherapy|radiotherapy|heart condition|cerebral palsy|"
    r"down['’]?s syndrome|wheelchair|deaf|blind|dyslexi\w+|stammer|alcoholic|addict\w+|panic attacks?|medication|sectioned|rehab\w*|"
    r"mental health (?:problems?|needs|condition|difficulties|crisis|issues|bed|ward)|"
    # "her anxiety that it would slip" is no illness.
    r"(?:depress\w+|anxiety|illness|stroke)(?! (?:that|about|over|at|of|by)\b))"
    rf"{_NO_TASK}"
)
_HURT: Final = r"injur\w+|fractur\w+|bruis\w+|broken|burn\w*|wound\w*"
# Said of somebody, and not by somebody of what the service treats: "she said that there
# had been a rise in self-harm" is about no one.
_SUFFERS: Final = (
    r"(?: (?:also|now|since|then|still|recently|later|himself|herself|both|already|only))? "
    r"(?:was|is|had|has|been|having|suffer\w*|struggl\w*|undergo\w*|underwent|went|recover\w*|self-harm\w*|took|attempted|uses|used)\b"
    r"(?: (?:been|a|an|the|in|into|with|to|from|on|off|for|by|of|very|seriously|severe|severely|long-term|taken|admitted|absent|suffering|"
    r"diagnosed|treated|away|having|since|long|his|her|acute|post-natal|through|undergoing|recovering|being|under|now|still|twice|once|both|had|registered|born|rushed|"
    r"becoming|become|always|living|known|not)){0,6}"
    r"(?: (?!(?:about|that|on|in|of|for|to|from|with|by|at|over|and|or|no|any|head|lead|more|fewer|such|how|why|what|whether|one|two|three|responsible|interested)\b)[a-z-]+(?<!ed)){0,2}"
)
_HEALTH: Final = re.compile(
    rf"(?:\b(?:he|she|(?:mr|mrs|ms|miss) [\w’'-]+)|(?<!s )(?<!s, )(?<!children )(?<!children, )(?<!people )(?<!people, )(?<!those )(?<!staff )\bwho|"
    rf"\b(?:a|one|the|that|this|another|his|her|their|my) (?:[\w-]+ ){{0,2}}?(?:{_SHE}|{_ADULT})\b){_SUFFERS} {_ILL}\b"
    rf"|\b(?:one|the|that|this|another) (?:[\w-]+ ){{0,2}}?{_CHILD} (?:had|has)(?: (?:been|a|an|the|in|on|severe|with|diagnosed)){{0,4}} {_ILL}\b"
    rf"|\b(?:an?|one|the) (?:[\w-]+ ){{0,2}}{_OF_STAFF} (?:had been|was|has been|is|went) (?:away |absent |off )?(?:on |off )?(?:long-term )?(?:sick|ill|unwell|sick leave)\b"
    rf"|\b(?:his|her)(?: (?!(?:about|that|on|in|of|for|to|from|with|by|at|over|and|or)\b)[a-z-]+){{0,2}} {_ILL}\b"
    rf"|\b(?:he|she) (?:self-harmed|overdosed|miscarried)\b"
    rf"|\bone of (?:them|the (?:boys|girls|children|pupils|three|two|twins|brothers|sisters|siblings|pair|family))\b(?: \S+){{0,4}} (?:{_ILL}|{_HURT})\b",
    re.IGNORECASE,
)


def is_about_one_child(said: str) -> bool:
    """Say whether a sentence may be about one child, one person or somebody's family."""
    told = said
    if "declar" in said:
        told = _KINSHIP_DECLARED.sub(r"\g<declares>", said)
    told = _ANY_OF_THEM.sub("they", told)
    if any_of_them := _WHICHEVER.match(told):
        told = re.sub(rf"\b(?:the|that) {any_of_them['who']}\b", "they", told)
    if _NAMED_AT_AGE.search(told) or _NAMED_LIFE.search(told):
        return True
    if _SCHOOL.search(told) and not _RUNS_IT.search(told):
        return True
    if not _tells_of_somebody(told):
        return False
    return bool(_ONE_CHILD.search(told) or _LIFE.search(told))


def _tells_of_somebody(said: str) -> bool:
    words = _PLAIN_WORD.findall(said.lower())
    return not _SOMEBODY.isdisjoint(words)


def is_about_conduct(said: str) -> bool:
    """Say whether a sentence is about the conduct or capability of one of the staff."""
    return bool(_MAY_BE_CONDUCT.search(said) and _CONDUCT.search(said))


def is_about_health(said: str) -> bool:
    """Say whether a sentence is about the health of somebody."""
    told = _ANY_OF_THEM.sub("they", said)
    return _tells_of_somebody(told) and _HEALTH.search(told) is not None
