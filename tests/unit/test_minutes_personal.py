"""What of minutes is personal, kind by kind, and what only looks so: all of it invented."""

import pytest

from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose

OF_STAFF = [
    "The night worker, Osbert Quennell, had been on shift that evening.",
    "Petronella Vaisey, a kitchen assistant at the home, had raised it first.",
    "The bus escort Hedley Trunchion was thought to be late every day.",
    "Members heard of the caretaker, Ludovic Penhale, who had been dismissed.",
    "An employee of the fostering service had been suspended since May.",
    "One of the night staff had been sent home on full pay.",
    "The manager of one home, who was suspended in June, had not come back.",
    "A member of the duty team was alleged to have shouted at a mother.",
    "Her post had been covered since she was suspended from duty in March.",
    "A carer at the short breaks unit was under investigation by the police.",
    "The part-time cleaner, Wilhelmina Stroud, found the door unlocked.",
    "A letter from Peregrine Hollowell was read to the Committee.",
    "Members were told that Sebastienne Orchard, who had left in May, felt let down.",
    "The complaint by Ottoline Farthingale had been upheld in part.",
    "An email from Joan Hill had been sent to each Member.",
    "A cleaner called Rosie Pell had seen it.",
    "The worker concerned had since been dismissed.",
    "An allegation had been made against one member of staff.",
    "The residential worker had resigned after the incident.",
    "A letter signed by Rosie Pell was handed round.",
    "The whistleblower, Rosie Pell, had gone to the press.",
    "A support worker was being investigated.",
    "It was reported that Mr Osbert Pell, Attendance Officer, had been praised.",
]
OF_ALL_STAFF = [
    "Allegations against staff had risen from seven to nine.",
    "Members asked how many pupils had been suspended in the autumn term.",
    "Two secondary schools had suspended more than one pupil in ten.",
    "Ursula Penmarric, Principal Social Worker, said that caseloads had fallen.",
    "The Designated Nurse, Marigold Threlfall, advised that clinics were weekly.",
    "Members asked how night workers were supervised at the five homes.",
    "The consultation had been suspended until after the elections.",
    "Members asked about a letter from Lamb Hill Infants on places.",
    "It was said that a letter from Northern Trains about fares had come.",
    "The Chair welcomed Ada Prewett, Head of Inclusion, and Basil Orme, Service Manager (Access), to the meeting.",
    "The disciplinary policy for schools had been reviewed with the unions.",
    "A petition from Friends of Ferry Park had been received.",
    "Every social worker was under pressure, officers said.",
    "Members asked what pay a night worker was given.",
    "Ms Ottoline Ash (Head of SEND) set the scene.",
    "Mr Osbert Elm, Attendance Officer, said that visits were weekly.",
]
OF_ONE_CHILD = [
    "The Panel heard about one thirteen year old, who had been moved at night.",
    "A 15-year-old had been placed in a caravan for two weeks.",
    "Members were told that the sixteen year old concerned was now settled.",
    "Officers said that one, aged nine, had waited for a school since June.",
    "A teenager who had gone missing was found in another county.",
    "A looked after seven-year-old was said to be in his fifth school.",
    "There had been concern about a young man of 17 who slept in his car.",
    "A baby of six weeks had been discharged without a plan.",
    "A Year 9 pupil who had been excluded was still at home.",
    "One care leaver, aged 19, had been evicted in the week of his exams.",
    "The two-year-old's placement had broken down within a month.",
    "One of them, a fourteen-year-old, was in a cell overnight.",
    "A note on a boy of nine would be sent.",
    "Officers said that all were well, one of them having a fractured wrist.",
    "One boy, just eleven, had been sent 90 miles.",
    "The child, who was four, had been left alone.",
    "Two brothers aged six and eight had been parted.",
    "The family in Pound Lane had moved four times.",
    "A girl from Tresco School had been excluded for a week.",
    "A care leaver, 19, slept in her car.",
]
OF_CHILDREN = [
    "There were 41 fourteen year olds without a school place.",
    "Take-up of the two year old offer had risen to 78%.",
    "The two-year-old entitlement was explained to Members.",
    "Members asked how many children aged 14 to 16 were on part-time timetables.",
    "The strategy was a five year old document and was being rewritten.",
    "A child aged under five was entitled to a check each year.",
    "Members asked whether every 16 year old had been offered a place.",
    "Officers said that one in ten 17-year-olds was not in education.",
    "A 14 year old building could not be expected to last.",
    "Of those aged nine, one in four had changed school.",
    "The reoffending figure was two years old; was nothing newer available?",
    "Members asked what a pupil who had been excluded twice was offered.",
    "A young person who was leaving care was given an adviser at sixteen.",
    "Councillor Ash thought that his own ward had fewer places.",
    "Members asked what a two year old would be offered in the term.",
    "The unit took pupils of 11 to 16, and any child of ten by agreement.",
    "Children aged 14 and 15 were the largest group.",
    "Members asked about a programme called Bright Futures.",
    "Every pupil at Elm School had a place.",
    "A child who was ten miles from home was seen monthly.",
]
OF_FAMILY = [
    "His granddaughter had waited two years for an assessment.",
    "Her grandson was out of school from May until October.",
    "Mr Elm’s nephew had been turned away by two schools, Members heard.",
    "Councillor Ash said that her own foster child had no social worker.",
    "She said that her stepson had been sent home at noon.",
    "He told Members that his youngest grandchild was on her third placement.",
    "A carer, whose niece was in the unit, had rung the service nine times.",
    "A father said that his eldest child had been left at the gate.",
    "She had a grandson who had been waiting since the spring.",
    "A couple said that their adopted daughter had been refused a place.",
    "Speaking as the grandmother of a boy with autism, she found the form cruel.",
    "Councillor Oak’s sister-in-law was told that her twins could not go together.",
    "The mother of twins at Elm School wrote in.",
    "She was the adoptive mother of two boys with complex needs.",
    "He had lost his own child in care.",
]
OF_FAMILIES = [
    "The Trust and its daughter company shared one contract.",
    "The sister school of the academy had taken twelve pupils.",
    "Members asked how foster carers’ sons and daughters were supported.",
    "Members asked whether a parent could see his or her child’s plan online.",
    "Officers said that grandparents were offered a meeting within ten days.",
    "Twelve sons and daughters of carers had answered the survey.",
    "Members asked how many brothers and sisters were placed apart.",
    "The guidance says that a parent may name a school for their son or daughter.",
    "Members asked whether grandchildren were counted as kinship placements.",
    "He thanked his brother Members for their patience and asked about costs.",
    "It was asked what help nephews and nieces in kinship care were given.",
    "Councillor Ash declared an interest as her grandson attended Tresco School.",
    "A parent of a child with a plan could ask for mediation.",
    "Members heard that the mother of the scheme was a charity.",
]


OF_HEALTH = [
    "She had been in hospital since the week before.",
    "Mr Quennell was off with depression from June.",
    "He had since been diagnosed with epilepsy.",
    "The member for Elm was away because of her surgery.",
    "A manager had been on sick leave since her operation.",
]
OF_WHAT_IS_TREATED = [
    "She said that there was no breakdown by school as yet.",
    "He added that there had been a rise in self-harm among pupils.",
    "She explained that it was for the hospital trust to answer.",
    "Councillor Ash repeated her anxiety that the plan would slip.",
    "She said that the scheme had been in operation since May.",
    "He advised that this was a disability team and not a health one.",
    "She was asked why placements had broken down and gave a breakdown by age.",
    "Child Practice Reviews were published within six months.",
    "The Social Worker Recruitment Campaign had brought in nine.",
    "Headteacher Philippa Orton said that the gates were shut at nine.",
    "Members asked about the Volunteer Reading Scheme at libraries.",
    "The Head of Access said that she was ill-prepared to answer.",
    "The manager was to report on sick leave in each team.",
]


def kinds_in(said: str) -> list[Kind]:
    text = f"Members asked why it was late. Officers said so.\n\n{said}\n"
    [item] = read_plain_text("m.txt", text).items
    return [one.kind for one in propose(item)]


@pytest.mark.parametrize("said", OF_STAFF)
def test_whoever_is_no_officer_of_rank_and_conduct_is_held_back(said: str) -> None:
    assert Kind.HELD_BACK in kinds_in(said)


@pytest.mark.parametrize("said", OF_ONE_CHILD)
def test_one_child_is_held_back_however_it_is_called(said: str) -> None:
    assert Kind.HELD_BACK in kinds_in(said)


@pytest.mark.parametrize("said", OF_FAMILY)
def test_somebodys_own_family_is_held_back(said: str) -> None:
    assert Kind.HELD_BACK in kinds_in(said)


@pytest.mark.parametrize("said", OF_HEALTH)
def test_somebodys_health_is_held_back(said: str) -> None:
    assert Kind.HELD_BACK in kinds_in(said)


@pytest.mark.parametrize(
    "said", [*OF_ALL_STAFF, *OF_CHILDREN, *OF_FAMILIES, *OF_WHAT_IS_TREATED]
)
def test_what_is_true_of_many_is_not_held_back(said: str) -> None:
    assert Kind.HELD_BACK not in kinds_in(said)


def test_what_is_personal_in_one_half_of_a_sentence_holds_back_both() -> None:
    said = (
        "Members asked about a boy of nine, and officers said that he was now settled."
    )
    assert kinds_in(said).count(Kind.HELD_BACK) == 1
    assert kinds_in(said)[2:] == [Kind.HELD_BACK]
