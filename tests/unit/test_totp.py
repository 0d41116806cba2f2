"""Codes of RFC 6238, and what is taken of them."""

import pytest

from openscrutiny.scrutiny.access.totp import (
    code_at,
    find_step,
    make_address,
    make_key,
    spell,
)

KEY = b"12345678901234567890"  # of RFC 6238, appendix B


@pytest.mark.parametrize(
    ("seconds", "code"),
    [  # the last six of its eight figures
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(KEY, seconds // 30) == code
    assert find_step(KEY, code, seconds, after=0) == seconds // 30


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    now = 1_000_000
    taken = [
        step - now
        for step in range(now - 5, now + 6)
        if find_step(KEY, code_at(KEY, step), now * 30 + 15, after=0) == step
    ]
    assert taken == [-1, 0, 1]


def test_a_code_is_taken_once_and_none_before_it_afterwards() -> None:
    now = 1_000_000
    code = code_at(KEY, now)
    assert find_step(KEY, code, now * 30, after=now - 1) == now
    assert find_step(KEY, code, now * 30, after=now) is None
    assert find_step(KEY, code_at(KEY, now - 1), now * 30, after=now) is None
    assert find_step(KEY, code_at(KEY, now + 1), now * 30, after=now) == now + 1


@pytest.mark.parametrize(
    "code", ["", "28708", "2870820", "２８７０８２", "\ud800", "abc"]
)
def test_what_is_no_code_fits_nothing(code: str) -> None:
    assert find_step(KEY, code, 59, after=0) is None


def test_a_key_is_written_for_the_eye_and_for_a_camera() -> None:
    assert len(make_key()) == 20 and make_key() != make_key()
    assert spell(KEY) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert make_address(KEY, "a@b.uk", "My Council") == (
        "otpauth://totp/My%20Council%3Aa%40b.uk?"
        "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Council"
    )
