"""The law behind a refusal, as people read it."""

from django.utils import translation

from yimen.sites.laws import law_in_words


def test_the_article_is_named_without_its_items():
    with translation.override("en"):
        assert law_in_words("XKF art. 32(1)(4)") == "Administrative Licensing Law, article 32"
    with translation.override("zh-hans"):
        assert law_in_words("XKF art. 32(1)(4)") == "《中华人民共和国行政许可法》第 32 条"


def test_a_standard_and_nothing_stay_as_they_are():
    assert law_in_words("GB 11643 art. 4") == "GB 11643 art. 4"
    assert law_in_words("") == ""
