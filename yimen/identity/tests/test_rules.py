"""Numbers: known vectors, everything that is broken, and the same verdict as an independent library."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from yimen.identity.errors import (
    BirthDateImpossible,
    CheckCharacterWrong,
    DocumentUnknown,
    IdNumberMalformed,
    MobileNeeded,
    NameMissing,
    OrganisationCodeWrong,
    PhoneNotValid,
    RegionUnknown,
    UsccMalformed,
)
from yimen.identity.rules import (
    birth_date_of,
    check_any_id_number,
    check_id_number,
    check_mobile,
    check_name,
    check_phone,
    check_uscc,
    id_check_character,
    mask_id,
    mask_name,
    mask_phone,
    organisation_check_character,
    uscc_check_character,
)
from yimen.identity.terms import IdType

DAY = date(2016, 6, 25)
days = st.dates(min_value=date(1900, 1, 1), max_value=DAY)


def numbered(body: str) -> str:
    return body + id_check_character(body)


def firm(body: str, region: str = "440306", head: str = "91") -> str:
    first = head + region + body + organisation_check_character(body)
    return first + uscc_check_character(first)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_citizen_numbers_of_the_standard_are_valid(number):
    assert check_id_number(IdType.CITIZEN, number, on=DAY) == number


@pytest.mark.parametrize(
    "given_text",
    ["11010519491231002x", " 110105 19491231 002X ", "110105-19491231-002X", "110105194912310022"[:17] + "X",
     "１１０１０５１９４９１２３１００２Ｘ"],
)  # fmt: skip
def test_citizen_number_may_be_written_in_many_ways(given_text):
    assert check_id_number(IdType.CITIZEN, given_text) == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        ("1101051949123100", IdNumberMalformed),
        ("11010519491231002Y", IdNumberMalformed),
        ("1101051949123100XX", IdNumberMalformed),
        ("", IdNumberMalformed),
        (numbered("99010519491231002"), RegionUnknown),
        (numbered("11010519490230002"), BirthDateImpossible),
        (numbered("11010500000000002"), BirthDateImpossible),
        (numbered("11010518490101002"), BirthDateImpossible),
        (numbered("11010520160626002"), BirthDateImpossible),
        ("110105194912310021", CheckCharacterWrong),
    ],
)
def test_citizen_number_that_breaks_a_rule_is_refused_with_that_rule(number, refusal):
    with pytest.raises(refusal) as caught:
        check_id_number(IdType.CITIZEN, number, on=DAY)

    assert (caught.value.field, number in str(caught.value) if number else False) == ("id_number", False)


def test_birth_on_the_day_itself_is_possible_and_without_a_day_the_future_too():
    assert check_id_number(IdType.CITIZEN, numbered("44030620160625001"), on=DAY)
    assert check_id_number(IdType.CITIZEN, numbered("44030620990625001"))


@given(days, st.integers(0, 999))
def test_a_citizen_number_with_one_digit_changed_is_never_valid(born, sequence):
    number = numbered(f"440306{born:%Y%m%d}{sequence:03d}")

    assert check_id_number(IdType.CITIZEN, number, on=DAY) == number
    for place in range(14, 17):
        other = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        with pytest.raises(CheckCharacterWrong):
            check_id_number(IdType.CITIZEN, other, on=DAY)


@given(
    st.sampled_from(["110105", "440306", "310101", "990000"]), days, st.integers(0, 999), st.sampled_from("0123456789X")
)
def test_whatever_the_independent_library_accepts_we_accept(region, born, sequence, check):
    number = f"{region}{born:%Y%m%d}{sequence:03d}{check}"
    try:
        ric.get_birth_date(number)
        theirs = ric.calc_check_digit(number) == check and region != "990000"
    except ValidationError:
        theirs = False
    try:
        ours = bool(check_id_number(IdType.CITIZEN, number, on=DAY))
    except (CheckCharacterWrong, RegionUnknown):
        ours = False

    assert ours == theirs


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_valid(region):
    number = numbered(f"{region}19800101001")

    assert check_id_number(IdType.HMT_RESIDENCE, number, on=DAY) == number
    with pytest.raises(RegionUnknown):
        check_id_number(IdType.CITIZEN, number, on=DAY)


def test_residence_permit_of_an_unknown_region_is_refused():
    with pytest.raises(RegionUnknown):
        check_id_number(IdType.HMT_RESIDENCE, numbered("81000119800101001"))
    with pytest.raises(IdNumberMalformed):
        check_id_number(IdType.HMT_RESIDENCE, numbered("84000019800101001"))


@pytest.mark.parametrize(
    ("id_type", "text", "kept"),
    [
        (IdType.HM_PERMIT, "h 1234 5678", "H12345678"),
        (IdType.HM_PERMIT, "M00000000", "M00000000"),
        (IdType.TW_PERMIT, "0123-4567", "01234567"),
        (IdType.PASSPORT, "e1234567", "E1234567"),
        (IdType.FOREIGNER_RESIDENCE, "USA440399123456", "USA440399123456"),
        (IdType.FOREIGNER_RESIDENCE, numbered("94484019800101001"), numbered("94484019800101001")),
    ],
)
def test_other_documents_have_their_own_shapes(id_type, text, kept):
    assert check_id_number(id_type, text, on=DAY) == kept


@pytest.mark.parametrize(
    ("id_type", "text", "refusal"),
    [
        (IdType.HM_PERMIT, "K12345678", IdNumberMalformed),
        (IdType.HM_PERMIT, "H1234567", IdNumberMalformed),
        (IdType.TW_PERMIT, "123456789", IdNumberMalformed),
        (IdType.PASSPORT, "AB12", IdNumberMalformed),
        (IdType.PASSPORT, "E12345678901234567", IdNumberMalformed),
        (IdType.PASSPORT, "护照1234567", IdNumberMalformed),
        (IdType.FOREIGNER_RESIDENCE, "US4403991234567", IdNumberMalformed),
        (IdType.FOREIGNER_RESIDENCE, numbered("99984019800101001"), RegionUnknown),
        (IdType.FOREIGNER_RESIDENCE, numbered("94484019801301001"), BirthDateImpossible),
        (IdType.FOREIGNER_RESIDENCE, "944840198001010019", CheckCharacterWrong),
    ],
)
def test_other_documents_that_break_their_shape_are_refused(id_type, text, refusal):
    with pytest.raises(refusal):
        check_id_number(id_type, text, on=DAY)


def test_birth_date_is_told_where_the_document_tells_it():
    assert birth_date_of(IdType.CITIZEN, "11010519491231002X") == date(1949, 12, 31)
    assert birth_date_of(IdType.FOREIGNER_RESIDENCE, "USA440399123456") is None
    assert birth_date_of(IdType.PASSPORT, "E12345678901234567") is None


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "91440300708461136T", "11100000000013338W", "11430000006122244L", "11220000013544541J"],
)
def test_real_codes_of_organisations_are_valid(code):
    assert check_uscc(f" {code[:8].lower()} {code[8:].lower()} ") == code


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("91350100M000100Y4", UsccMalformed),
        ("91350100I000100Y43", UsccMalformed),
        ("9135A100M000100Y43", UsccMalformed),
        ("91350100M000100Y53", OrganisationCodeWrong),
        ("91350100M000100Y44", CheckCharacterWrong),
    ],
)
def test_code_that_breaks_a_rule_is_refused_with_that_rule(code, refusal):
    with pytest.raises(refusal):
        check_uscc(code)


@given(
    st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8),
    st.sampled_from(["91", "92", "11", "52"]),
)
def test_every_code_that_we_make_is_valid_for_the_independent_library(body, head):
    code = firm(body, head=head)

    assert uscc.validate(code) == check_uscc(code) == code


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("138 0000 0000", "+8613800000000"),
        ("１３８００００１２３４", "+8613800001234"),
        ("+86 138-0000-0000", "+8613800000000"),
        ("0755-8590 8590", "+8675585908590"),
        ("(0755) 85908590", "+8675585908590"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_phone_may_be_written_in_many_ways(text, kept):
    assert check_phone(text) == kept


@pytest.mark.parametrize(
    "text", ["", "12345", "1380000", "138000000000000", "telephone", "+999 1234567", "00000000000"]
)
def test_phone_that_cannot_be_is_refused(text):
    with pytest.raises(PhoneNotValid):
        check_phone(text)


def test_code_goes_to_mobiles_only():
    assert check_mobile("13800000000") == "+8613800000000"
    with pytest.raises(MobileNeeded):
        check_mobile("0755-85908590")


@given(st.integers(0, 9999))
def test_invented_mobiles_of_the_demo_are_accepted(last):
    assert check_mobile(f"138 0000 {last:04d}") == f"+861380000{last:04d}"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "1101************2X"),
        ("USA440399123456", "USA4*********56"),
        ("H12345678", "H*******8"),
        ("AB", "**"),
        ("", ""),
    ],
)
def test_mask_id_hides_the_middle(number, masked):
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+8613800001234", "138 **** 1234"),
        ("+8675585908590", "0755 **** 90"),
        ("+8610", "****"),
        ("+85291234567", "+852 **** 67"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_mask_phone_hides_the_middle(number, masked):
    assert mask_phone(number) == masked


@given(days)
def test_masked_number_never_shows_the_day_of_birth(born):
    assert mask_id(numbered(f"440306{born:%Y%m%d}002"))[4:-2] == "*" * 12


def test_mask_name_shows_the_first_character():
    assert [mask_name(name) for name in ("陈示例", "Sample Sam", "林", "")] == ["陈**", "S****", "林", ""]


def test_name_loses_extra_spaces_and_keeps_its_dot():
    assert check_name("  阿卜杜·示例   甲 ") == "阿卜杜·示例 甲"
    for nothing in ("", "  ", "123", "名" * 101):
        with pytest.raises(NameMissing):
            check_name(nothing)


def test_days_of_birth_up_to_the_limit():
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(BirthDateImpossible):
        check_id_number(IdType.CITIZEN, numbered(f"440306{tomorrow:%Y%m%d}001"), on=DAY)


@pytest.mark.parametrize("number", ["440306198801010018", "810000198505050052", "944840198206060063", "E12345678"])
def test_forms_take_every_residents_number(number):
    assert check_any_id_number(f" {number} ".lower()) == number


@pytest.mark.parametrize("number", ["440306198801010019", "12345678", "810000198505050053", "94484019820606006", ""])
def test_a_slip_of_the_finger_is_no_passport(number):
    with pytest.raises((CheckCharacterWrong, IdNumberMalformed)):
        check_any_id_number(number)


def test_a_document_that_the_house_does_not_know():
    with pytest.raises(DocumentUnknown):
        check_id_number("library card", "440306198801010018")
