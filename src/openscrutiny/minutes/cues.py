"""Signs in a sentence that its words by class do not tell: marks, turns, heads of lists."""

import re
from typing import Final

_TOLD_THAT: Final = r"\b(?:said|told|explained|advised|reported|added|confirmed|understood|mentioned|informed|noted|heard|aware)\b[^,;.]{0,40}? that (?:the |its )?(?:\w+ )?"
# "In response to a question about X, Y explained that": where the answer begins.
TURN: Final = re.compile(
    r",\s+(?=(?:it was|the |he |she |they |officers?|members were|[A-Z][\w’'-]+)[^,]*(?:,[^,]{0,80},)?[^,]*?"
    r"\b(?:said|explained|confirmed|advised|responded|replied|stated|informed|clarified|indicated|"
    r"reported|assured|told|highlighted|acknowledged|answered|added|noted|undertook|agreed)\b)"
)
# "In reply to a further question it was stated that": no comma parts them.
TURN_WITHOUT_COMMA: Final = re.compile(
    r"\A\W*(?:[Ii]n (?:response|reply|answer)|[Rr]esponding|[Rr]eplying) to (?:an?|the|this|one|another) (?:\w+ ){0,2}(?:question|query|enquiry|point|comment|request|Member) "
    r"(?:(?:from|by|of|on|about|regarding) (?:[\w’'-]+ ){1,5})??"
    r"(?=(?:it was (?:\w+ )?(?:stated|explained|confirmed|said|reported|advised|noted|clarified)|officers|Members were|the (?:[A-Z][\w’'-]+ |of |for |and ){1,6}(?:said|explained|advised|confirmed|stated|reported|replied)|(?:he|she|they) (?:said|explained|advised|confirmed|stated|replied|added))\b)"
)
ASKED_BEFORE: Final = re.compile(
    r"\A\W*(?:in (?:response|reply|answer|\w{6,9} to an? (?:\w+ )?(?:question|query))|responding|replying|following|to an? (?:question|query)|"
    r"(?:when |(?:up)?on being |having been )?(?:asked|questioned|pressed|challenged)"
    r"(?! for\b[^,]*\Z))\b",
    re.IGNORECASE,
)
# "Members asked about X; there had been Y", "asked if X, and officers said that Y".
REPLY: Final = re.compile(
    r";\s+(?!and\b|or\b|who|how|why|what|whether|if\b)"
    r"|,\s+(?=and (?:officers|the (?:director|head|officer)|was told|were told|heard|it was explained)\b)"
    r"|,?\s+(?=the (?:reply|answer|response) (?:was that|given)\b)"
    r"|,?\s+(?=and (?:was|were) (?:informed|advised|assured|reassured|told)\b)"
)
# "RB asked", "RB: yes, in March": speakers by their initials, in note form.
INITIALS: Final = re.compile(
    r"\A(?P<who>[A-Z]{2,3})\b\s*(?:[:–-]\s|(?P<asks>asked|queried|questioned|wanted|wondered|sought|raised|requested)\b"
    r"|(?:said|explained|confirmed|advised|replied|noted|reported|added|responded|felt|thought|welcomed|will|to)\b)"
)
# "Head of SEND: it is": who speaks stands before a colon.
SPEAKS: Final = re.compile(
    r"\A\W*(?![^:]*\b(?:gave|was|were|is|are|had|has|set|that|which|\w+ed)\b[^:]*:)"
    r"(?P<who>[A-Z][^:.;?\n]{1,60})(?::|(?<=\b[A-Z]{2}) [–—-])\s+(?=\S)"
)
# Who says so was asked, minuted or not.
ANSWERS: Final = re.compile(
    r"\b(?:respon\w+|repl(?:y|ied)|answer\w*|confirm\w*|advised|clarified|assured|undertook|agreed|accepted|disagreed)\b",
    re.IGNORECASE,
)
# In a verb that nobody knows there may still be a question: "dwelt on how many", "into why".
WONDERS: Final = re.compile(
    r"\A(?!.*\b(?:understood|appreciated|knew|accepted|saw|explained|recalled|recognised|realised) (?:why|how|whether)\b)"
    r".*\b(?:why|whether|how (?:many|much|long|often|far|soon))\b",
    re.IGNORECASE,
)
# "Members agreed that the position was worrying": they are of one view, and decide nothing.
AGREES_WITH: Final = re.compile(
    r"\A(?!.*\b(?:RESOLVED|be|should|would|to)\b)[^:]*\bagreed (?:\w+ )?that\b(?=.*\b(?:was|were|had|is|are|remained|seemed)\b)"
)
# "The following points were raised:" heads what follows, and asks nothing itself.
LEADS: Final = re.compile(
    r"\A(?!.*\b(?:RESOLVED|Resolved|AGREED|recommend)).*\b(?:the following (?:points|comments|questions|matters|issues|observations)|as follows)\b[^.?]*:\W*\Z"
)
# "thanked officers but felt": the thanks are passed over, the rest is not.
THANKS_AND: Final = re.compile(
    r"\bthank\w*\b.*\b(?:but|and|though|while|yet) (?:\w+ )?(?:felt|thought|considered|hoped|regretted|said|asked|noted|welcomed|"
    r"wondered|commended|praised|believed|queried|wished|wanted|requested|suggested|questioned)\b"
)
RECEIVES: Final = re.compile(
    r"\b(?:considered|received|examined|reviewed|had before (?:it|them)|had regard to|looked at) (?:the|a|an)\b(?!.* to (?:be|have)\b)"
)
# "to which the officers present responded": that there was an answer, and none.
ANSWERED_ONLY: Final = re.compile(
    r"\W*(?:and |to )?(?:which )?(?:the |all )?(?:\w+ ){0,4}?(?:responded|replied|answered)(?: to| accordingly| in turn| in full)?\W*",
    re.IGNORECASE,
)
# "asked for the list, and this would be sent": what follows is owed.
OWED_AT_ONCE: Final = re.compile(
    r",? and (?=(?:it|this|these|they|he|she|officers?|the (?:director|head|officer|service)|thought|consideration)\b[^,]*\b(?:would|will)\b|(?:he |she |they )?(?:agreed|undertook|promised|offered) to\b)"
    r"(?!they would (?:like|appreciate|value|welcome))",
    re.IGNORECASE,
)
WANTS: Final = re.compile(
    r"(?:why|how|what|when|who|where|which|whether|is|are|was|were|do|does|did|has|have|can|could|"
    r"would (?:like|it)|wants?|please|asked|queried)\b",
    re.IGNORECASE,
)
# Only these words begin a presentation once the discussion is under way.
PRESENTS: Final = re.compile(
    r"\b(?:introduc|present|took (?:the|members)|(?:went|ran) through|submitted|overview|outline of)\w*",
    re.IGNORECASE,
)
INDIRECT: Final = re.compile(r"\W*(?:whether|how|why|what|who|when|where)\b", re.I)
RECOMMENDS: Final = re.compile(
    r"\brecommend(?:s|ed)?\b.{0,20}\b(?:to|that)\b", re.IGNORECASE
)
NUMBER: Final = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})\W*", re.I)
OWNER_ALONE: Final = 4  # words: "ACTION: Democratic Services" only says whose it is
# "Head of SEND to report back": an office in capitals, then what it is to do.
OWES: Final = re.compile(
    r"(?:\A|[–:-] |\bAgreed, )\W*(?:(?!(?i:resolved|agreed|decided|noted)\b)(?:[A-Z][\w’'/&-]*|of|for|and|the|&|\([^)]*\)),? ){1,10}to (?P<verb>[a-z-]+)"
)
# "asked that these be recorded", "wanted it minuted": a view, and nothing is asked.
RECORDED: Final = re.compile(
    r"\b(?:asked|wanted|wished|requested)(?: for| that)? (?:it|this|these|that|(?:his|her|their|its|the) \w+) (?:to |should )?(?:be )?"
    r"(?:recorded|noted|minuted|placed on record|put on record)\b(?!.*\basked (?:when|why|how|what|if|whether|for)\b)",
    re.IGNORECASE,
)
# "Briefing note on timetables to be circulated": a note of what is owed, without a verb.
OWED: Final = re.compile(
    r"\A\W*(?:(?!(?:was|were|is|are|be|had|has|have|did|ought|need\w*|need|who|which|that|it|\w{3,}ed)\b)[\w’'()&/-]+,? ){1,12}"
    r"to be (?P<done>\w+(?:ed|en|wn|ne|nt|lt|ght|de|id|ut|und|eld|ung|ead))\b(?! (?:by|that)\b.*\b(?:was|were)\b)",
    re.IGNORECASE,
)
# "Cllr Imrie (RI), Head of Access (HA)", "Present: Councillors Ash and Elm": who was there.
# Two bodies with their initials in a sentence that says or asks something are no such list.
ATTENDED: Final = re.compile(
    r"\A(?!.*\b(?:[Rr]esolved|RESOLVED|AGREED|[Rr]ecommended|RECOMMENDED|[Tt]hat|be|is|are|has|had|have|having|would|will|shall|should|could|can|may|might|must|to|not|"
    r"(?:was|were|been)(?! (?:also )?(?:present|in attendance))|[Mm]embers (?:asked|noted|heard)|why|how|what|whether|"
    r"(?!(?:attended|joined|invited|apologised|opted|related|looked|integrated|combined|retired|need|speed)\b)[a-z]{3,}ed|said|told|gave|took|made|sent|led|met|works?|provides?)\b)"
    r".*\([A-Z]{2,4}\b[^)]*\).*\([A-Z]{2,4}\b[^)]*\)"
    r"|\A\W*(?i:(?:also )?present|in attendance|attending|apologies|officers(?: present)?|attendees|"
    r"(?:co-opted )?members(?: present)?|witnesses|observers|circulation)\s?:\s*[A-Z]"
)
# "RESOLVED", "and noted", "it was agreed": the committee decided something.
VOTED: Final = re.compile(
    r"\bRESOLVED\b|\band (?:noted|agreed|resolved|endorsed)\b|\bit was (?:\w+ )?(?:resolved|agreed|decided)\b",
    re.IGNORECASE,
)
# "Min 31 – Head of SEND to report back – done": a note in cells that dashes part.
CELL: Final = re.compile(r"\s+[–—-]\s+")
# How far something is that was recommended or promised before.
STATUS: Final = re.compile(
    r"\W*(?:status\s?:\s*)?(?:partly |partially |not (?:yet )?)?(?:complete|completed|done|in (?:progress|hand)|ongoing|on-?going|outstanding|"
    r"overdue|accepted|rejected|agreed|implemented|closed|started|achieved|delivered|circulated|sent|superseded|"
    r"deferred|actioned|reported|provided|discharged|under way|underway|on track|awaited)\b",
    re.IGNORECASE,
)
ASKS_THAT: Final = re.compile(r"\W*(?:[^:.;]{1,40}: )?(?:[Tt]hat|To)\b")
# "That the programme of visits be agreed": a bare resolution, in the subjunctive.
BARE: Final = re.compile(
    r"\A(?:[^:.;]{1,40}: )?[Tt]hat\b(?!.*\b(?:would|will|should|could|can|may|might|must|to|not) be\b)"
    r"[^.;]{3,200}?\bbe (?:\w+ly )?\w+(?:ed|en|t)\b"
)
# What was only thought, hoped or denied to come is promised to nobody.
UNREAL: Final = re.compile(
    # What another body will do, told by who does not belong to it, and what is decided
    # elsewhere. An officer's council is no other body.
    rf"{_TOLD_THAT}(?:trusts?|police|ICB|board|hospital|Mayor|Government|Department|Inspectorate|consultants?|union|diocese|university)\b[^,;.]{{0,30}}?\b(?:would|will)\b"
    r"|\b(?:would|will) (?:\w+ )?(?:take|make|reach|come to) (?:the|a|its|their|that|any) (?:\w+ )?decision\b"
    # What will not be, and what would be if, or but for, something else.
    r"|\b(?:would|will|shall) (?:(?:also|now|then|probably|certainly|therefore) )?(?:no longer|not|never|otherwise|neither|hardly|scarcely|at no)\b(?: \w+){0,3}"
    r"|\b(?:otherwise|if (?:nothing|no (?:one|more|further|action|money|funding)|it did not|they did not|this did not)|but for|were it not for|had it not been for|"
    r"without (?!delay|fail|further|exception|charge|prejudice|naming|names|waiting)[^,;.]{1,60},)[^;.]*?\b(?:would|will|might|could)\b"
    r"|\b(?:not (?:thought|think|expected|expect|believe\w*)|doubted|unlikely|likely|"
    r"(?<!it is )hoped|feared|fears?|worried that|risk that|danger that|warned|expected|anticipated|had (?:been (?:told|assured|informed|said|hoped)|heard|said|told|wondered|thought)|nobody knew|"
    # A view of what would be so, and a question of whether it would.
    r"(?:opinion|view|belief) (?:\w+ ){0,6}?that|(?<!of )(?<!on )(?<!about )(?:whether|how|why))\b"
    r"(?:(?! (?:and|but) (?:the|it|this|that|these|a|an|he|she|they|officers)\b)[^,;])*\b(?:would|will)\b",
    re.IGNORECASE,
)
# What the executive will do is promised by none but who belongs to it.
OF_THE_EXECUTIVE: Final = re.compile(
    rf"{_TOLD_THAT}(?:Cabinet|Executive)\b[^,;.]{{0,30}}?\b(?:would|will)\b",
    re.IGNORECASE,
)
IN_THE_EXECUTIVE: Final = re.compile(
    r"\b(?:Cabinet|Executive|Lead) (?:Members?|Spokesperson|Councillors?)\b|\bPortfolio Holders?\b|\b(?:Deputy )?Leader(?: of the Council)?\b|\bMayor\b|\bour (?:Cabinet|Executive)\b",
    re.IGNORECASE,
)
# "Actions arising": what stands below it is to be done.
ACTIONS: Final = re.compile(
    r"\W*(?:actions?|action points?|follow[- ]up)(?: \w+){0,3}\W*", re.IGNORECASE
)
# "The Head of Access was asked whether": an officer stands first, and somebody asks.
PUT_TO: Final = re.compile(
    r"\b(?:was|were) (?:\w+ )?(?:asked|questioned|pressed|challenged)\b", re.IGNORECASE
)
# "The Chair invited questions and the following points were made:" heads a discussion.
DISCUSSES: Final = re.compile(
    r"\b(?:questions|points|comments|issues|matters|discussion)\b", re.IGNORECASE
)
RESOLVES: Final = re.compile(r"\b(?:resolved|agreed)\b\W*", re.IGNORECASE)
# "Members would be kept informed": done for them, and no remark of theirs.
TO_MEMBERS: Final = re.compile(r"\W*(?:All )?Members (?:would|will) be (?!\w+ing\b)")
NOTE: Final = 3  # words: fewer in a cell are an owner or a day
# "12 Jan", "Min 31", "R4": where or when it was owed, in a cell of its own.
DATED: Final = re.compile(
    r"\W*(?:[A-Za-z]{1,14}\.? ?\d[\w./]*|\d[\w./]*(?: [A-Za-z]{3,9})?(?: \d{2,4})?)\W*"
)
DEBATED: Final = re.compile(r"\b(?:discussed|debated)\b", re.IGNORECASE)
GREETS: Final = re.compile(r"\bwelcomed (?:[A-Z][\w’'-]+ [A-Z]|the following)")
GOES_ON: Final = re.compile(r"\W*(?:He|She|They|This|These|That|Their|His|Her)\b")
WORDS: Final = re.compile(r"[^\W\d_]{2}")
SENTENCE: Final = 5  # words: fewer are a title or a label
HEADING: Final = 3  # words of a line that only names what stands below it
ACTION: Final = re.compile(
    r"\A\W*actions?(?: points?)?\b\s*(?::|-|–|for\b)?\s*", re.IGNORECASE
)
# Where lines were lost: an owner after "Action:", and the next sentence at once.
RUN_ON: Final = re.compile(
    r"\A\W*(?:ACTIONS?|Actions?)\s?[:–-]\s(?:The\s)?(?:(?:[A-Z(][\w’'/&)-]*|of|for|and|the|&),?\s){1,12}?"
    r"(?=(?:Members?|The|Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|It|There|This|These|He|She|They|One|Two|"
    r"An?|Another|Some|Several|Other|Further|Officers|In|On|At|When|Asked|Following|RESOLVED|AGREED)\b\W*\w)"
    # "Action: Head of SEND to send the list Members asked why": no stop stands between.
    r"|\A\W*(?:ACTIONS?|Actions?)\s?[:–-]\s[^.]{3,200}?(?<! to)(?<! for)(?<! of)(?<! by)(?<! with)(?<! and)(?<! all)(?<! the)\s"
    r"(?=(?:Members|Councillors?|Cllr|Officers|In (?:response|reply|answer) to|It was|A (?:Member|query|question)|"
    r"(?:The|One|Another) (?:Committee|Panel|Sub-Committee|Board|Commission|Chair|Member|Director|Head)\b(?! of)) [a-zA-Z])"
)
HEADS_A_LIST: Final = re.compile(
    r"(?::|\bthat|\b(?:following|as follows)\b[^.]*)\s*[.-]?\s*\Z|\A[^.;]{0,24}[:-]?\s*\Z",
    re.I,
)
POINTS_ELSEWHERE: Final = re.compile(
    r"\b(?:raised|made|asked|noted|discussed) the following\b", re.IGNORECASE
)
