"""Who is a private person in minutes, and who speaks for a body or an office."""

import pytest

from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Mr Pell (teachers' representative) questioned the results.", False),
        ("Ms Lena Hart from the Parent Carer Forum asked about respite.", False),
        ("Mr Hargrave, Attendance Lead, said that anxiety kept many away.", False),
        ("Members praised the way in which officers had handled the move.", False),
        ("Pupil Place Planning was discussed by the Panel at length.", False),
        ("Mr Hargrave, Attendance Lead, had been absent with depression.", True),
        ("Members discussed the way in which one officer had spoken.", True),
        ("Mr Pell, of Alder Lane, asked about the crossing.", True),
        ("Mrs Pell (MP), a resident, asked about the crossing.", True),
        ("Ms Ann Pell from the Fostering Service spoke of her work.", True),
        ("Mr Pell of Alder Lane asked about the crossing.", True),
        ("The mother of Jamie Pell asked about the crossing.", True),
    ],
)
def test_who_speaks_for_a_body_is_no_private_person(said: str, held: bool) -> None:
    [item] = read_plain_text("m.txt", said).items
    assert (Kind.HELD_BACK in [one.kind for one in propose(item)]) is held
