"""Waiting, giving up, masking."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.channels.rules import MAX_TRIES, MAX_TRIES_OF_SECRETS, is_hopeless, mask_address, wait_after
from yimen.channels.terms import Channel


def test_waits_grow_from_ten_seconds_to_an_hour():
    assert [wait_after(tries).total_seconds() for tries in (1, 2, 3, 9, 10, 30)] == [10, 20, 40, 2560, 3600, 3600]


def test_a_message_is_tried_for_about_a_day_and_a_code_for_minutes():
    day = sum((wait_after(tries) for tries in range(1, MAX_TRIES)), timedelta())
    minutes = sum((wait_after(tries) for tries in range(1, MAX_TRIES_OF_SECRETS)), timedelta())

    assert timedelta(hours=20) < day < timedelta(hours=24)
    assert minutes == timedelta(seconds=150)


def test_it_is_hopeless_after_the_last_try():
    assert [is_hopeless(tries, is_secret=False) for tries in (MAX_TRIES - 1, MAX_TRIES)] == [False, True]
    assert [is_hopeless(tries, is_secret=True) for tries in (MAX_TRIES_OF_SECRETS - 1, MAX_TRIES_OF_SECRETS)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("channel", "address", "masked"),
    [
        (Channel.SMS, "13800000000", "138****0000"),
        (Channel.SMS, "+8613800000000", "+86138****0000"),
        (Channel.SMS, "110", "****"),
        (Channel.MAIL, "xiaoman@example.org", "x***@example.org"),
    ],
)
def test_addresses_are_masked(channel, address, masked):
    assert mask_address(channel, address) == masked


@given(st.text(alphabet="0123456789+", min_size=1, max_size=20))
def test_a_masked_number_hides_four_digits_at_least(number):
    assert "****" in mask_address(Channel.SMS, number)
    assert number not in mask_address(Channel.SMS, number)
