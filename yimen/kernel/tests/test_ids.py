"""Keys and check characters."""

import pytest

from yimen.kernel.ids import check_character, is_checked, new_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11100000000013338W01111430000006122244L20230000403001", "U"),
        ("11100000000013338W03211220000013544541J2430599001", "F"),
    ],
)
def test_check_character_of_the_published_samples(text, expected):
    """GB/T 36904: two identifiers printed in public documents."""
    assert check_character(text) == expected
    assert is_checked(text + expected)


def test_new_ids_are_ordered_by_time():
    first, second = new_id(), new_id()

    assert first.version == 7
    assert first.int >> 80 <= second.int >> 80
