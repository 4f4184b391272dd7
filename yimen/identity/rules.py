"""What numbers of persons, organisations and telephones must look like, and how they are shown. Facts in, verdict out.

Input may contain spaces, hyphens and full-width characters; every check returns the number in its one stored form.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType

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
from yimen.identity.terms import IdType

#: First two digits of GB/T 2260: provinces, autonomous regions, municipalities; 71 is Taiwan.
_PROVINCES = frozenset(
    area + number
    for area, numbers in (
        ("1", "12345"),
        ("2", "123"),
        ("3", "1234567"),
        ("4", "123456"),
        ("5", "01234"),
        ("6", "12345"),
        ("7", "1"),
    )
    for number in numbers
)
_HMT_REGIONS = frozenset({"810000", "820000", "830000"})
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OLDEST = date(1870, 1, 1)
_SEPARATORS = re.compile(r"[\s\-‐‑–—·.]+")

_SHAPES = {
    IdType.CITIZEN: (re.compile(r"[0-9]{17}[0-9X]"), _("17 digits and a digit or X")),
    IdType.HMT_RESIDENCE: (re.compile(r"8[123][0-9]{15}[0-9X]"), _("81, 82 or 83, 15 digits and a digit or X")),
    IdType.HM_PERMIT: (re.compile(r"[HM][0-9]{8}"), _("H or M and 8 digits")),
    IdType.TW_PERMIT: (re.compile(r"[0-9]{8}"), _("8 digits")),
    IdType.FOREIGNER_RESIDENCE: (
        re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
        _("18 digits beginning with 9, or 3 letters and 12 digits"),
    ),
    IdType.PASSPORT: (re.compile(r"[A-Z0-9]{5,15}"), _("5 to 15 letters and digits")),
}


def normalise(text: str) -> str:
    """The text in capitals and half-width characters, without spaces, hyphens and dots."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_name(name: str) -> str:
    """The name with single spaces; the dot of minority names is kept.

    Raises: NameMissing
    """
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept or not any(char.isalpha() for char in kept) or len(kept) > 100:
        raise NameMissing(field="name")
    return kept


def check_id_number(id_type: str, number: str, *, on: date | None = None) -> str:
    """The number of a personal document in its stored form; with ``on``, births after that day are refused.

    Law: GB 11643 art. 4
    Raises: DocumentUnknown, IdNumberMalformed, RegionUnknown, BirthDateImpossible, CheckCharacterWrong
    """
    kept = normalise(number)
    if id_type not in _SHAPES:
        raise DocumentUnknown(field="id_type")
    pattern, shape = _SHAPES[IdType(id_type)]
    if not pattern.fullmatch(kept):
        raise IdNumberMalformed(field="id_number", shape=shape)
    if len(kept) == 18:
        _check_region(IdType(id_type), kept)
        _check_birth(kept, on)
        if kept[-1] != id_check_character(kept[:17]):
            raise CheckCharacterWrong(field="id_number")
    return kept


def check_any_id_number(number: str) -> str:
    """The number of whichever document it is by its first characters: forms ask residents of every kind.

    Digits alone are a number with a check digit, so that a slip of the finger does not pass as a passport.
    Law: GB 11643 art. 4
    Raises: IdNumberMalformed, RegionUnknown, BirthDateImpossible, CheckCharacterWrong
    """
    kept = normalise(number)
    if kept[:2] in {"81", "82", "83"}:
        return check_id_number(IdType.HMT_RESIDENCE, kept)
    if kept[:1] == "9" and len(kept) == 18:
        return check_id_number(IdType.FOREIGNER_RESIDENCE, kept)
    if kept[:1].isalpha():
        return check_id_number(IdType.PASSPORT, kept)
    return check_id_number(IdType.CITIZEN, kept)


def _check_region(id_type: IdType, number: str) -> None:
    # a foreigner's number has 9, the province, the country in place of the region
    known = {
        IdType.CITIZEN: number[:2] in _PROVINCES,
        IdType.HMT_RESIDENCE: number[:6] in _HMT_REGIONS,
        IdType.FOREIGNER_RESIDENCE: number[1:3] in _PROVINCES,
    }
    if not known.get(id_type, True):
        raise RegionUnknown(field="id_number")


def _check_birth(number: str, on: date | None) -> None:
    born = _day_in(number)
    if born is None or born < _OLDEST or (on is not None and born > on):
        raise BirthDateImpossible(field="id_number")


def _day_in(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_check_character(body: str) -> str:
    """The check character of 17 digits (ISO 7064 MOD 11-2).

    Law: GB 11643 art. 4
    """
    return "10X98765432"[sum(int(char) * weight for char, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def birth_date_of(id_type: str, number: str) -> date | None:
    """The day of birth that a checked number tells; None where the document tells none."""
    has_birth_date = id_type in (IdType.CITIZEN, IdType.HMT_RESIDENCE, IdType.FOREIGNER_RESIDENCE)
    return _day_in(number) if has_birth_date and len(number) == 18 else None


def check_uscc(code: str) -> str:
    """A unified social credit code in its stored form; both check characters, its own and the one inside, must fit.

    Law: GB 32100 art. 4
    Raises: UsccMalformed, OrganisationCodeWrong, CheckCharacterWrong
    """
    kept = normalise(code)
    if len(kept) != 18 or any(char not in _USCC_ALPHABET for char in kept) or not kept[2:8].isdigit():
        raise UsccMalformed(field="uscc")
    if kept[16] != organisation_check_character(kept[8:16]):
        raise OrganisationCodeWrong(field="uscc")
    if kept[17] != uscc_check_character(kept[:17]):
        raise CheckCharacterWrong(field="uscc")
    return kept


def uscc_check_character(body: str) -> str:
    """The check character of the first 17.

    Law: GB 32100 art. 4
    """
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """The check character of the 8 characters of an organisation code.

    Law: GB 11714 art. 4
    """
    total = sum(_BODY_ALPHABET.index(char) * weight for char, weight in zip(body, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check_phone(number: str) -> str:
    """A telephone number as ``+8613800000000``; without ``+`` it is one of the Mainland.

    Raises: PhoneNotValid
    """
    parsed = _parsed(number)
    if parsed is None:
        raise PhoneNotValid(field="phone")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def check_mobile(number: str) -> str:
    """Like ``check_phone``, but it must be able to take an SMS.

    Raises: PhoneNotValid, MobileNeeded
    """
    kept = check_phone(number)
    kind = phonenumbers.number_type(phonenumbers.parse(kept))
    if kind not in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        raise MobileNeeded(field="phone")
    return kept


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    text = unicodedata.normalize("NFKC", number).strip()
    if not re.fullmatch(r"\+?[0-9 \-‐‑–—()/.]{5,30}", text):
        return None
    try:
        parsed = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def mask_id(number: str) -> str:
    """The number with its middle hidden: ``4403************12``; short ones keep two characters in all."""
    if len(number) < 15:
        return number[:1] + "*" * max(len(number) - 2, 0) + number[-1:] if len(number) > 2 else "*" * len(number)
    return number[:4] + "*" * (len(number) - 6) + number[-2:]


def mask_phone(number: str) -> str:
    """A telephone number as people know it, with its middle hidden: ``138 **** 0000``, ``+852 **** 4567``."""
    if re.fullmatch(r"\+861[0-9]{10}", number):
        return f"{number[3:6]} **** {number[-4:]}"
    if number.startswith("+86"):
        return f"0{number[3:6]} **** {number[-2:]}" if len(number) > 8 else "****"
    return f"{number[:4]} **** {number[-2:]}" if len(number) > 6 else "*" * len(number)


def mask_name(name: str) -> str:
    """A name of which only the family name's first character is seen: ``陈**``, ``S****``."""
    return name[:1] + "*" * min(max(len(name) - 1, 0), 4)
