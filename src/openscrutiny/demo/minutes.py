"""The invented minutes of the demonstration's meeting before, and their trail."""

from typing import Final

from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.trail.deciding import accept
from openscrutiny.scrutiny.trail.listing import list_proposals
from openscrutiny.scrutiny.trail.taking_in import take_in_minutes
from openscrutiny.workspace import Workspace

_FILE: Final = "minutes-2026-07-14-invented.txt"

MINUTES: Final = """\
Early help, social care and education dashboard (invented)

To receive the dashboard.

Minutes:

The Director of Social Care introduced the first part of the dashboard.

It was asked how vacancies among social workers affected morale. Officers said that two \
teams had filled most of their posts. A new job advert was being reviewed, with separate \
profiles for social workers and senior practitioners, and would be brought back to the \
next meeting.

Members asked what help there was for staff under strain. Officers said that managers \
offered supervision each month and that counselling was open to everybody.

In response to a question on re-referrals, the Head of Front Door explained that the \
figure had risen since the spring. An analysis of whether families came back for the same \
reason would be circulated by October.

It was asked whether savings kept children on child protection plans for longer. \
Officers said that each plan was reviewed on its merits. Where a child came back to a \
plan, a written report was sent to the director.

The Director of Education presented the second part of the dashboard, and said that \
permanent exclusions had risen and that all of them were being followed up.

It was asked how the Council knew that support for pupils with special educational needs \
was worth its cost. Officers said that annual reviews showed it. A backlog of reviews had \
built up, which the service was addressing through two additional officers.

Members further asked what was done where home education was not suitable. The Head of \
Access confirmed that an order could be made, and that each case was visited once a year.

It was commented that every pupil referral unit was rated Good or Outstanding, an \
achievement that should be celebrated.

The Chair thanked officers for their answers.

The Committee came to the following conclusions

1. The dashboard said too little about annual reviews of education, health and care plans.

2. The quality of pupil referral units was commended.

3. The steps that were being taken to fill vacancies were encouraging.

4. The use of technology, where it made services quicker or better, was commended.

The Committee recommended that

1. Future dashboards show annual reviews by age, and the Chair agree with the Director of \
Education what is to be shared.

2. Figures of care leavers not in education, employment or training be shown beside \
England's.
"""


def add_trail(workspace: Workspace, meeting: int) -> None:
    """Take the invented minutes in, as the clerk does, and accept what they hold."""
    clerk = Actor("clerk", Role.CLERK)
    take_in_minutes(clerk, workspace, _FILE, MINUTES.encode(), meeting=meeting)
    waiting = [
        one["id"]
        for one in list_proposals(clerk, meeting)
        if one["state"] == "proposed" and one["kind"] != Kind.HELD_BACK
    ]
    accept(waiting, clerk)
