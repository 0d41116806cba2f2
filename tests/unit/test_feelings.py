"""What a conclusion says that the committee feels: by a word for it, or not at all."""

import pytest

from openscrutiny.minutes.feelings import find_feeling


@pytest.mark.parametrize(
    ("said", "feeling"),
    [
        (
            "The percentage of PRU that are rated by Ofsted as Good or Outstanding was an achievement to be celebrated. Additionally the overall high quality of both primary and secondary schools in the borough was commended.",
            "commended",
        ),
        (
            "The steps that were being taken to address vacancy rates in Children’s Social care was encouraging.",
            "commended",
        ),
        (
            "The Education dashboard was lacking information on SEN reviews and it was important that it be inclusive",
            "",
        ),
        (
            "The Sub-Committee was not satisfied that the previous plan is always put before the conference",
            "",
        ),
        ("It was encouraging that most late visits were only just late.", "commended"),
        ("The homes are well led", ""),
        ("The Committee noted the report.", "noted"),
        ("It was noted that waits had grown.", "noted"),
        ("The Committee noted with concern the rise in exclusions.", "concerned"),
        ("The Panel was deeply concerned about the backlog.", "concerned"),
        ("The Panel was not concerned about the backlog.", ""),
        ("The Committee commended the staff but was concerned at the wait.", ""),
        ("Parents were concerned about the wait.", ""),
        ("The Committee noted the concerns of foster carers.", "noted"),
        ("The Panel noted the significant concerns expressed by Ofsted.", "noted"),
        ("The Committee shared concerns raised by headteachers.", ""),
        ("The Safeguarding Children Board was concerned about delay.", ""),
        ("The Children’s Scrutiny Panel was concerned about delay.", "concerned"),
        ("The Committee had a concern-free year.", ""),
        ("Members welcomed the Assistant Director to her first meeting.", ""),
        ("The Committee noted that parents were concerned about the wait.", "noted"),
        ("The service had been commended by Ofsted.", ""),
        (
            "The Committee expressed serious concern about the length of waits.",
            "concerned",
        ),
        ("Concerns about transport had been addressed.", ""),
        ("All those concerned with the plan were thanked.", ""),
        ("The Chair, on behalf of members, commended the team.", "commended"),
        ("That the service be commended.", "commended"),
        ("Schools should be encouraged to share their figures.", ""),
        ("A further report would be welcomed.", ""),
        ("Members welcomed the improvement.", "commended"),
        ("The level of vacancies was of great concern.", "concerned"),
        ("The level of vacancies remained a concern.", "concerned"),
        ("The Committee had no concerns about placements.", ""),
        ("Ofsted commended the school.", ""),
        (
            "The use of technology, where it made services quicker or better, was commended.",
            "commended",
        ),
        ("The council was encouraging schools to take part.", ""),
        ("1. Concerned that the wait had grown.", "concerned"),
        ("Officers were pleased with the result.", ""),
        ("The Committee was pleased to hear of it.", "commended"),
        ("The fall in attendance was very worrying.", "concerned"),
        ("There was no cause for concern.", ""),
        ("The Committee heard that staff were worried about caseloads.", ""),
        ("The Committee was disappointed that the paper came late.", "concerned"),
        ("The report concerning transport was received.", ""),
        ("The Committee noted the report with\n  great pleasure.", "commended"),
        ("The Panel raised its concern, and commended the staff.", ""),
        ("", ""),
    ],
)
def test_a_feeling_is_the_committees_own_and_has_a_word(
    said: str, feeling: str
) -> None:
    assert find_feeling(said) == feeling
