"""A password that is a common word with something around it is refused."""

import pytest
from django.core.exceptions import ValidationError

from openscrutiny.scrutiny.passwords import GuessableValidator, find_cores

VALIDATOR = GuessableValidator()


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!",
        "P@ssw0rd!!!!",
        "passwordpassword",
        "2026dragon2026",
        "dragon.dragon.",
        "!!!monkey1234",
        "OpenScrutiny1",
        "ChildrenServices",
        "scrutiny-committee",
        "council2026!!",
        "qwertyuiopqw",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "aaaaaaaabbbb",
        "111111222222",
        "iloveyou-2026",
    ],
)
def test_a_dressed_up_word_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(password)


@pytest.mark.parametrize(
    "password",
    [
        "three quiet harbours",
        "correct horse battery staple",
        "abcd-efgh-jkmn-pqrs",
        "kettle7 marmot+lane",
        "Zq8!vR2#tLw9",
        "服务 kettle harbour",
    ],
)
def test_words_that_do_not_belong_together_are_taken(password: str) -> None:
    VALIDATOR.validate(password)


def test_what_is_put_around_a_word_is_taken_off() -> None:
    assert "monkey" in find_cores("!!Monkey-99")
    assert "password" in find_cores("P@55w0rd")
    assert find_cores("") == set()
