"""What a sentence of minutes is, by who does what in it: none is an idiom of one clerk."""

import pytest

from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose

SAID = [
    ("Councillor Ash pressed the point as to who signed off the plans.", "question"),
    (
        "Members were mystified by the fall in the number of assessments and looked to officers for the cause.",
        "question",
    ),
    (
        "The Panel returned to the matter of agency costs, which it said had been left hanging.",
        "question",
    ),
    (
        "Concern was raised over the accuracy of the map and whether it had been checked.",
        "question",
    ),
    ("Councillor Elm could not square the two tables.", "question"),
    ("Members would have valued a breakdown by age.", "question"),
    (
        "Mr Oak (faith representative) drew officers to page 12 and the missing axis.",
        "question",
    ),
    ("There was a question from the floor about uniforms.", "question"),
    ("The Chair sought to establish who was accountable for the delay.", "question"),
    ("Councillor Yew was interested in the take-up among boys.", "question"),
    ("Members reminded officers that they had yet to see the survey.", "question"),
    ("Could the graphs be printed larger?", "question"),
    ('Clarity was sought on the phrase "good enough".', "question"),
    (
        "Councillor Ash, while content with the direction, wondered about the pace.",
        "question",
    ),
    ("The Panel asked to be furnished with the cost of each placement.", "question"),
    ("Members thought it would assist if targets were shown on the chart.", "question"),
    (
        "Further to this, the Vice-Chair asked if agency workers were counted.",
        "question",
    ),
    (
        "Councillor Elm expressed an interest in hearing from the young people themselves.",
        "question",
    ),
    ("Members challenged the assertion that demand had levelled off.", "question"),
    ("Members were full of praise for the team.", "comment"),
    ("The Committee was disheartened by the lack of progress.", "comment"),
    ("Councillor Ash was of the opinion that the target lacked ambition.", "comment"),
    ("It was widely felt that the centre had been closed too soon.", "comment"),
    ("There was unease in the room about the pace of change.", "comment"),
    (
        "The Panel recorded its sadness at the death of a long-serving foster carer.",
        "comment",
    ),
    ("Councillor Yew spoke in favour of the approach.", "comment"),
    ("Members had no wish to see the service lose its way.", "comment"),
    ("The Committee echoed the sentiments of the youth council.", "comment"),
    (
        "Councillor Elm remarked that he had seen three such plans come and go.",
        "comment",
    ),
    ("Members took comfort from the audit results.", "comment"),
    (
        "The improvement in attendance was acknowledged and applauded by the Committee.",
        "comment",
    ),
    ("The Director did not have the figure to hand.", "answer"),
    ("The gap was a known problem, the Head of Inclusion conceded.", "answer"),
    ("Members were advised that the contract ended in July.", "answer"),
    ("According to the Service Manager, most of them were in year 11.", "answer"),
    ("It was made clear by officers that the grant was ringfenced.", "answer"),
    ("The Director drew a distinction between referrals and contacts.", "answer"),
    ("Assurance was given that no child was without a worker.", "answer"),
    ("There were two reasons for this, the Head of Service said.", "answer"),
    ("Officers pointed to the new tracker as evidence of grip.", "answer"),
    ("The Cabinet Member took the view that it was too early to say.", "answer"),
    ("In the Director's experience it took about a year.", "answer"),
    ("The report was received.", "decision"),
    (
        "The Committee agreed to note the report and to keep the matter under review.",
        "decision",
    ),
    ("It was resolved to establish a working group.", "decision"),
    ("That the minutes be approved as a correct record.", "decision"),
    ("The Panel endorsed the strategy.", "decision"),
    ("Agreed that the report be noted.", "decision"),
    ("The recommendations were put and agreed.", "decision"),
    (
        "The Committee agreed to recommend to Cabinet that the fee be raised.",
        "recommendation",
    ),
    (
        "That Council be asked to lobby the Government for more funding.",
        "recommendation",
    ),
    ("It was agreed to urge the Executive to reconsider.", "recommendation"),
    ("The Panel called on the Cabinet Member to publish the review.", "recommendation"),
    (
        "Councillor Ash was not satisfied that the risk had been understood and wanted to be shown the register.",
        "question",
    ),
    ("Members went back to the question of thresholds.", "question"),
    (
        "The Committee took up the point about siblings and asked how often they were parted.",
        "question",
    ),
    ("It was wondered aloud whether the target had been set too low.", "question"),
    ("A further query related to the cost of escorts.", "question"),
    ("Members were eager for an explanation of the jump in March.", "question"),
    ("Councillor Elm made a plea for plain English in the next report.", "question"),
    ("The Panel was puzzled that the two pages did not agree.", "question"),
    ("Ms Oak (parent governor) felt that parents would want to know why.", "question"),
    (
        "Asked by the Chair about morale, the Director said that it was better.",
        "question",
    ),
    ("What about those who were never referred?", "question"),
    ("The Vice-Chair hoped for news of the inspection.", "question"),
    ("Regarding attendance, Members asked what schools were doing.", "question"),
    (
        "The Committee noted that the table stopped at 2023 and asked for it to be brought up to date.",
        "question",
    ),
    ("Members probed the reasons behind the rise in permanent exclusions.", "question"),
    (
        "Councillor Yew observed that last year's report had carried a comparison and asked where it was.",
        "question",
    ),
    ("Further information was requested on the apprenticeship scheme.", "question"),
    (
        "There followed a discussion on the merits of the new model, in which Members asked about its cost.",
        "question",
    ),
    ("Members agreed that the position was worrying.", "comment"),
    (
        "Councillor Ash said it was a tragedy that a generation had been let down.",
        "comment",
    ),
    ("The Panel took a dim view of the delay.", "comment"),
    ("It was a matter of regret to Members that no school had come.", "comment"),
    ("There was broad support for the proposal.", "comment"),
    ("One Member described the report as the best he had read.", "comment"),
    ("The Committee wished to put on record its gratitude to the staff.", "comment"),
    ("Councillor Elm counselled against haste.", "comment"),
    ("Members thought highly of the apprentices.", "comment"),
    ("It was explained that the figure included agency staff.", "answer"),
    ("The rise was due to a change in recording.", "answer"),
    ("Officers were confident that the trajectory would be met.", "answer"),
    ("The Director was clear that no child had been put at risk.", "answer"),
    ("In answer, Members heard that there were 41.", "answer"),
    ("The Cabinet Member disagreed.", "answer"),
    ("This had been done in March.", "answer"),
    ("Officers gave the example of a school in the east.", "answer"),
    ("The Committee resolved to note the report and thank the staff.", "decision"),
    ("It was agreed to defer the item to the next meeting.", "decision"),
    ("Resolved: to receive the update.", "decision"),
    ("The Panel approved the terms of reference.", "decision"),
    (
        "Why had the figure doubled in a year, Members asked, and what was being done about it?",
        "question",
    ),
    (
        "How many of the 40 were in school and how many at home were questions that Councillor Ash put.",
        "question",
    ),
    (
        "Whether the grant would be renewed, how long it would last and who would bid for it were all asked.",
        "question",
    ),
    ("Was the fall real, Councillor Elm asked.", "question"),
    (
        "What was the Council's relationship with the new provider like, the Chair enquired, and could Members visit?",
        "question",
    ),
    ('Page 41 - what is meant by "step-down"?', "question"),
    ("KPI 14: the Committee queried the red rating.", "question"),
    (
        "On recruitment, the point was made that the advertisement had been up for a year and the reason was sought.",
        "question",
    ),
    ("Members touched upon the subject of kinship carers.", "question"),
    (
        "Replying to a Member who asked about cost, the Head of Access said that it was £40,000.",
        "question",
    ),
    (
        "With regard to exclusions, Councillor Oak asked for the split by phase.",
        "question",
    ),
    ("An assurance was sought by the Committee that the site was safe.", "question"),
    (
        "Members found the paper hard going and asked for a summary on the front.",
        "question",
    ),
    ("Councillor Elm sought to know when the report would be out.", "question"),
    ("Could it be that the measure itself was at fault?", "question"),
    ("Members wished to see a plan with dates in it.", "question"),
    ("The Committee would have liked to have had the report sooner.", "question"),
    ("It was not apparent to Members how the target had been set.", "question"),
    (
        "Members felt that they needed more time with papers of this length and asked that they be sent a week before.",
        "question",
    ),
    (
        "Councillor Ash had been told of long waits in her ward and asked if that was typical.",
        "question",
    ),
    ("Noting that Essex did this differently, Councillor Elm asked why.", "question"),
    (
        "Having looked at the appendix, Members were left with the question of who paid.",
        "question",
    ),
    (
        "Mrs Ridd, for the diocese, said that no figures for church schools had been given.",
        "question",
    ),
    ("The Chair invited the Director to say more about the peer review.", "question"),
    (
        "A view was sought from officers on whether the model would work here.",
        "question",
    ),
    ("Members were grateful for a frank report.", "comment"),
    ("It was pleasing to see that boys had caught up.", "comment"),
    ("The lateness of the paper was deplored.", "comment"),
    (
        "Councillor Ash said that he had visited the centre and had been moved by what he saw.",
        "comment",
    ),
    (
        "The Committee put on record its dismay that the paper had come so late.",
        "comment",
    ),
    (
        "There was a feeling that the service had been let down by its partners.",
        "comment",
    ),
    ("The Vice-Chair spoke warmly of the social workers in the north team.", "comment"),
    ("Councillor Elm said that this was the wrong way round.", "comment"),
    ("Members considered that a year was too long.", "comment"),
    ("Members could see that progress had been made.", "comment"),
    ("The Panel had every confidence in the new manager of the service.", "comment"),
    ("In the opinion of the Committee the price was too high.", "comment"),
    (
        "Some Members were in favour of the change and others were against it.",
        "comment",
    ),
    ("The Director said that she shared the concern.", "answer"),
    ("Seven, of whom two were siblings.", "answer"),
    ("The team had been two short since May, which had not helped.", "answer"),
    (
        "The Head of Access acknowledged that the letters could have been clearer.",
        "answer",
    ),
    ("It was confirmed that there were no plans to close the centre.", "answer"),
    ("Members were assured that every child had a worker.", "answer"),
    ("It was too soon to know.", "answer"),
    ("Officers recognised the point.", "answer"),
    ("The parents' forum representative felt that things had got better.", "answer"),
    ("The Police Superintendent reported a fall in the number of calls.", "answer"),
    (
        "The independent scrutineer's opinion was that the partnership was sound.",
        "answer",
    ),
    ("That the report and the comments of Members be noted.", "decision"),
    ("It was AGREED that the report be received.", "decision"),
    ("Members noted the update.", "decision"),
    ("RESOLVED to support option 2.", "decision"),
    ("That Cabinet be asked to fund a second year.", "recommendation"),
    ("RESOLVED that the views of the Committee be forwarded to Cabinet.", "decision"),
    (
        "It was agreed that Full Council be asked to debate the matter.",
        "recommendation",
    ),
    ("Members asked that the note be circulated.", "question"),
    ("The Committee requested a report on exclusions in June.", "question"),
    ("Councillor Ash asked whether a note would be circulated.", "question"),
    ("Members wanted the figures brought back.", "question"),
    ("It was requested that a visit be arranged.", "question"),
    ("The Committee hoped that the grant would be renewed.", "comment"),
    ("Members said that they looked forward to the next report.", "comment"),
]
NOTHING_SAID = [
    "The Chair welcomed everyone to the meeting.",
    "Councillor Ash declared an interest as a governor of Elm School.",
    "Councillor Oak left the meeting at this point.",
    "Councillor Elm joined the meeting at 7.20 pm.",
    "The meeting was adjourned for ten minutes.",
    "The Chair thanked the officers and the item was closed.",
    "Apologies were received from Councillor Yew.",
    "Members thanked the Head of SEND for her report.",
    "The Vice-Chair took over from the Chair for the rest of the item.",
    "The Committee agreed to take items 6 and 7 together.",
    "The Chair varied the order of business.",
    "The vote was taken by show of hands.",
    "Councillor Ash asked that her vote against be recorded.",
    "Six Members voted in favour and three against, with one abstention.",
    "The Panel discussed the report and made the following comments:",
    "In discussion the following points were raised:",
    "The Chair drew the debate to a close.",
    "The Chair reminded Members that the meeting was being filmed.",
    "Councillor Elm seconded the motion.",
    "The Chair allowed Councillor Reed, who was not a member of the Committee, to speak.",
    "The Chair invited questions and comments.",
    "The Committee went into private session.",
    "The public were readmitted.",
    "Members stood in silence.",
    "The Chair wished the Director well in her retirement.",
    "The Board thanked Councillor Elm for chairing the task group.",
    "The Chair apologised for the late start.",
    "At this point the Committee voted to continue past ten o'clock.",
    "The Director left the meeting.",
    "Councillor Ash spoke under standing order 12.",
    "The Committee rose at nine.",
    "The officers were thanked.",
    "The next meeting would be held on 4 June.",
    "Councillor Elm arrived during this item.",
    "A recorded vote was asked for by Councillor Ash.",
    "On a show of hands the motion fell.",
    "Standing orders were suspended.",
]
INTRODUCED = [
    "The Director presented the report.",
    "The Committee had before it a report on attendance.",
    "A report on attendance was before the Committee.",
    "Members received a briefing from the Head of SEND.",
    "The Head of SEND talked to a set of slides.",
    "The report gave the position at the end of March.",
    "Ms Ash (Head of SEND) set the scene.",
    "By way of introduction, the Director said that this was the third report of its kind.",
    "The Cabinet Member opened the item. There had been three inspections in the year.",
    "The Director began with the staffing position, which was better than it had been.",
    "The Panel had regard to a report of the Director.",
    "Councillor Elm, Chair of the task group, introduced its report.",
    "The Chair introduced the report of the task group.",
    "The Head of SEND updated Members on the plan.",
    "A presentation on the new framework was received from the Head of Quality.",
    "The Committee gave consideration to a report on exclusions.",
    "The Director reminded Members of the background.",
    "With the aid of slides, the Head of SEND took the Panel through the figures.",
    "Members had been sent the report in advance. It showed that plans had fallen.",
    "The Committee looked at the annual report of the fostering service.",
    "The report, which had been circulated, was taken as read.",
    "The Director's report set out the results of the survey.",
    "Before Members was the second report on the hub.",
]


def kinds_after_an_answer(said: str) -> list[str]:
    text = f"Members asked why it was late. Officers said so.\n\n{said}\n"
    [item] = read_plain_text("m.txt", text).items
    return [one.kind.value for one in propose(item)][2:]


@pytest.mark.parametrize(("said", "kind"), SAID)
def test_a_sentence_is_told_by_who_does_what(said: str, kind: str) -> None:
    assert kinds_after_an_answer(said)[:1] == [kind]


@pytest.mark.parametrize("said", NOTHING_SAID)
def test_what_belongs_to_the_sitting_is_proposed_as_nothing(said: str) -> None:
    assert kinds_after_an_answer(said) == []


@pytest.mark.parametrize("said", INTRODUCED)
def test_what_comes_first_introduces_the_item(said: str) -> None:
    text = f"Attendance\n\nMinutes:\n\n{said}\n\nMembers asked why.\n"
    [item] = read_plain_text("m.txt", text).items
    kinds = [one.kind.value for one in propose(item)]
    assert kinds == [Kind.PRESENTATION, Kind.QUESTION]
