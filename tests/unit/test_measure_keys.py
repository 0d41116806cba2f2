"""A publisher's key in an address comes back as it was."""

import os
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscrutiny.web.keys import read_key, write_key

AWKWARD = (
    "LAC_Fixed_ Ex",
    "NEW_KS2_RWM_Sen_W/Osta",
    "UD_NEETNK_LA_dashboard:NEET_NK_quintile",
    "%_3&4yr_olds",
    "C&YPExpenditure",
    "annual_reviews:review_meeting_prior_24.2",
    "data.csv",
    "..",
    "~2F",
    "a?b#c+d",
    " edge ",
    "Ünï",
)


@pytest.mark.parametrize("key", AWKWARD)
def test_an_awkward_key_comes_back(key):
    assert read_key(write_key(key)) == key


@given(st.text(min_size=1))
def test_any_key_comes_back_and_is_one_plain_part_of_an_address(key):
    try:
        key.encode()
    except UnicodeEncodeError:
        return
    part = write_key(key)

    assert read_key(part) == key
    # Nothing that a browser, a proxy or Django would escape, split or resolve.
    assert quote(part, safe=":~") == part == unquote(part)
    assert "/" not in part and "." not in part


@given(st.text(min_size=1, max_size=5), st.text(min_size=1, max_size=5))
def test_two_keys_never_share_an_address(one, other):
    try:
        shared = write_key(one) == write_key(other)
    except UnicodeEncodeError:
        return
    assert shared == (one == other)


def test_every_key_of_the_real_extract_comes_back():
    import polars as pl

    samples = Path(os.environ.get("OPENSCRUTINY_SAMPLES", "nowhere"))
    files = sorted(samples.glob("published/lait/bds_long_*.parquet"))
    if not files:
        pytest.skip("no public samples: name their folder in OPENSCRUTINY_SAMPLES")
    keys = pl.read_parquet(files[0], columns=["Short Desc"])["Short Desc"]
    names = keys.unique().drop_nulls().to_list()

    assert len(names) > 400
    assert all(read_key(write_key(name)) == name for name in names)
    assert len({write_key(name) for name in names}) == len(names)
