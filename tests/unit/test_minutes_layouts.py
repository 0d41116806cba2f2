"""Small invented items in one layout each: what is read of them, in its order."""

import pytest

from openscrutiny.minutes.exempt import part_exempt
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose

# The first letter of each kind; what is presented is an n, a conclusion an x.
LETTERS = {
    "presentation": "n",
    "question": "q",
    "answer": "a",
    "comment": "c",
    "conclusion": "x",
    "decision": "d",
    "recommendation": "r",
    "promise": "p",
    "held back": "h",
}
LAYOUTS = {
    "bullets q+a": (
        """
Minutes:

The Head of Inclusion introduced the report.

• It was asked whether the target was the same for all schools; it was, though the grant was not.
• A query was raised about the cost of taxis and it was confirmed that this had come down by a tenth.
• Clarification was sought on the age range. This was 5 to 16.
• It was felt that the leaflet was hard to read.
• It was noted that a new leaflet would be sent to all Members.
• Confirmation was sought that the survey had been sent to carers, and was given.
""",
        "n q a q a q a c a p q",
    ),
    "visit": (
        """
Members received a report of the visit to the hub by Councillors Ash and Elm.

Councillor Ash reported that they had been made welcome and that the building was clean and busy.

Councillor Elm added that the young people had spoken highly of the staff, but had complained of the bus.

Members asked what was being done about the bus. The Director would write to the company.

Conclusions

The Panel reached the following conclusions:
- that the hub was well run;
- that it was hard to reach.

It was therefore RECOMMENDED that:

(a) the Cabinet Member write to the bus company;
(b) a second hub be considered;
(c) the report be noted.
""",
        "n c c q a p x x r r r",
    ),
    "urgent": (
        """
The Chair agreed to take this item as urgent, because the inspection letter had come after the agenda went out. Copies were laid round.

The Director went through the letter, which had been published that morning. It found that leadership had improved.

Members were annoyed that they had seen it in the press first, and asked how that had come about. The Director apologised.

Councillor Elm asked what happened next. There would be a monitoring visit in the autumn.

It was AGREED that the letter be noted and that an action plan be brought to the next meeting.
""",
        "n q a q a d",
    ),
    "markers": (
        """
The Head of SEND presented the report.

Members asked for the number of appeals by school. This was not to hand. ACTION: Head of SEND to supply it.

ACTION – the Scrutiny Officer to circulate the link.

Members asked about mediation. It was offered to all.

ACTION

Head of SEND to report on mediation in June.

The Panel welcomed the report. Action: Democratic Services
""",
        "n q a p p q a p c",
    ),
    "lettered under code": (
        """
CYPE 27 – Percentage of assessments in 45 days

(a) Members asked why this had fallen. The Head of Service explained that posts had been empty.

(b) It was asked whether agency staff had been used. They had.

(c) The Committee considered that the target was too easy.

CYPE 31 – Children missing education

(a) An explanation of the dip in May was sought. Schools had been slow in returning data.

(b) The Head of Service undertook to show this as a rate in future.
""",
        "q a q a c q a p",
    ),
    "lost lines": (
        """
The Head of Leaving Care presented the report. Members asked how many were in work. The Head of Leaving Care said that it was 54%. Action: Head of Leaving Care Members asked about flats and it was said that eleven were coming. The Committee was pleased with this. Action: Housing Manager to send the addresses It was agreed that the report be noted. RESOLVED: That the report be noted.
""",
        "n q a q a c p d d",
    ),
    "public question": (
        """
A question had been submitted by a resident:

"When will the bridge by the school be mended?"

The Cabinet Member replied that the work would begin in the Easter holidays.

By way of a supplementary, the resident asked who would pay. The developer would, the Cabinet Member said.
""",
        "q a q a",
    ),
    "cells": (
        """
Decision:

1	That the plan be agreed.

2	That the Director report on progress in six months.

3	That Cabinet be recommended to agree the fee.

Minutes:

The Director presented the plan. Members asked about the cost. It was within budget.
""",
        "d p r n q a",
    ),
    "executive": (
        """
The Executive's response was received.

Recommendation 1: That a strategy for kinship carers be written.
Accepted. The strategy will be brought to the Executive in July.

Recommendation 2: That the fee be doubled.
Not accepted. There was no money for this.

Members were disappointed at the response to recommendation 2.
""",
        "n r a p r a c",
    ),
    "numbered": (
        """
48.1 The Director introduced the report and drew attention to the fall in plans.

48.2 Members enquired about the reason for the fall. This was due to earlier help.

48.3 In reply to a further question it was stated that no plan had lasted two years.

48.4 The Chair thanked the team.

48.5 RESOLVED that the report be received.
""",
        "n q a q a d",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_in_its_order(layout: str) -> None:
    text, kinds = LAYOUTS[layout]
    [item] = read_plain_text("m.txt", text.strip() + "\n").items
    found = [LETTERS[one.kind] for part in part_exempt(item) for one in propose(part)]
    assert " ".join(found) == kinds
