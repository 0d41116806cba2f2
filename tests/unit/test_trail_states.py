"""What may become of a question, a recommendation and a promise."""

from datetime import date

import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.trail.states import (
    KINDS,
    check_transition,
    course_of,
    is_owed,
    response_due,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_can_be_reached_and_none_leads_nowhere_known(kind: Kind) -> None:
    course = KINDS[kind]
    reached, waiting = {course.first}, [course.first]
    while waiting:
        for after in course.after[waiting.pop()]:
            if after not in reached:
                reached.add(after)
                waiting.append(after)
    assert reached == set(course.after)
    assert course.owed | course.reasons <= reached


@pytest.mark.parametrize(
    ("kind", "now", "then", "why"),
    [
        (Kind.QUESTION, "open", "answered", ""),
        (Kind.RECOMMENDATION, "made", "rejected", "The budget is set."),
        (Kind.PROMISE, "given", "kept", ""),
        (Kind.PROMISE, "not kept", "kept", ""),
    ],
)
def test_a_state_that_may_follow_is_taken(
    kind: Kind, now: str, then: str, why: str
) -> None:
    check_transition(kind, now, then, why)


@pytest.mark.parametrize(
    ("kind", "now", "then", "why", "said"),
    [
        (Kind.QUESTION, "open", "open", "", "may become: answered, withdrawn"),
        (Kind.RECOMMENDATION, "made", "done", "", "cannot become done"),
        (Kind.RECOMMENDATION, "made", "rejected", " ", "needs a reason"),
        (Kind.PROMISE, "kept", "given", "", "at its end"),
        (Kind.ANSWER, "recorded", "kept", "", "cannot become kept"),
    ],
)
def test_a_state_that_may_not_follow_is_refused_in_words(
    kind: Kind, now: str, then: str, why: str, said: str
) -> None:
    with pytest.raises(OpenScrutinyError) as refused:
        check_transition(kind, now, then, why)
    assert said in f"{refused.value.message} {refused.value.fix}"


def test_what_is_held_back_or_procedure_is_never_recorded() -> None:
    for kind in (Kind.HELD_BACK, Kind.PROCEDURE, "riddle"):
        with pytest.raises(OpenScrutinyError, match="is recorded"):
            course_of(kind)


def test_an_open_question_is_owed_and_an_answer_is_not() -> None:
    assert is_owed(Kind.QUESTION, "open") and not is_owed(Kind.QUESTION, "answered")
    assert is_owed(Kind.PROMISE, "not kept") and not is_owed(Kind.ANSWER, "recorded")


def test_the_executive_answers_within_two_months() -> None:
    assert response_due(date(2026, 12, 31)) == date(2027, 2, 28)
