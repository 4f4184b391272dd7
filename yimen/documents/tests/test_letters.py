"""Each letter holds what the law wants on it; read back from the PDF."""

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest

from yimen.documents.rules.typesetting import typeset
from yimen.documents.rules.wording import chinese_limit, translation
from yimen.documents.terms import LetterKind, LimitFacts, MaterialLine
from yimen.documents.tests.builders import MATERIALS, NOON, some_facts

FLAWED = (MaterialLine(name="经营场所平面布置图", flaw="没有标明操作流程", how_to_mend="补画原料进入与出餐的流程"),)
REMEDY = {
    "review_body": "深圳市宝安区人民政府",
    "review_days": 60,
    "court": "深圳市盐田区人民法院",
    "court_months": 6,
}


def set_page(kind, language="zh-hans", **facts):
    return typeset(
        kind=LetterKind(kind),
        number="WS20261123000042K",
        facts=some_facts(**facts),
        language=language,
        drawn_up_at=NOON,
        check_url="https://hall.example/verify/WS20261123000042K/",
        is_demo=True,
    )


def text_of(kind, language="zh-hans", **facts):
    """The words of the PDF without spaces and line ends."""
    page = set_page(kind, language, **facts)
    with pypdfium2.PdfDocument(page.content) as pdf:
        return re.sub(r"\s+", "", "".join(sheet.get_textpage().get_text_range() for sheet in pdf))


COMMON = ("食品经营许可（新办）", "王小满", "BA20261123000042K", "WS20261123000042K", "2026年11月23日", "演示")

# What every kind needs, and the words that must then stand on it.
CASES = {
    "W01": (
        {},
        (
            "申请材料收件凭证",
            "482913",
            "李代办",
            "4403***********018",
            "2026年11月23日12时07分",
            "宝安区行政服务大厅A12窗口",
            "0017",
            "食品经营许可申请书",
            "从业人员健康证明",
            "原件",
            "复印件",
            "五个工作日",
            "即为受理",
        ),
    ),
    "W02": (
        {},
        (
            "受理通知书",
            "第三十二条第一款第（五）项",
            "受理日期2026年11月23日",
            "30个工作日；具体届满日期待2027年节假日安排公布后确定",
            "10个工作日，于2026年12月7日届满",
            "食品经营许可申请书",
            "0755-00000000",
            "https://hall.example",
            "签收人",
        ),
    ),
    "W03": (
        {
            "reason": "不属于本机关职权",
            "legal_basis": "《行政许可法》第三十二条",
            "correct_agency": "宝安区卫生健康局",
            **REMEDY,
        },
        (
            "不予受理通知书",
            "不属于本机关职权",
            "《行政许可法》第三十二条",
            "请向宝安区卫生健康局提出申请",
            "60日内依法向深圳市宝安区人民政府申请行政复议",
            "6个月内依法向深圳市盐田区人民法院提起行政诉讼",
        ),
    ),
    "W04": (
        {"materials": FLAWED, "correct_until": date(2026, 12, 7)},
        (
            "申请材料补正告知书",
            "一次告知",
            "经营场所平面布置图",
            "没有标明操作流程",
            "补画原料进入与出餐的流程",
            "2026年12月7日前",
            "逾期未补正的",
            "终止办理",
            "不再要求补正其他材料",
            "0755-00000000",
            "签收人",
        ),
    ),
    "W05": ({}, ("补正材料收件凭证", "从业人员健康证明", "收到补正材料日期2026年11月23日")),
    "W11": (
        {"reason": "准予热食类食品制售", "result_name": "食品经营许可证", "result_no": "JY24403", "valid_for": "五年"},
        (
            "准予行政许可决定书",
            "决定准予行政许可",
            "准予热食类食品制售",
            "食品经营许可证",
            "JY24403",
            "五年",
            "决定日期2026年11月23日",
            "十个工作日内",
            "予以公开",
        ),
    ),
    "W12": (
        {"reason": "排水不符合要求", "legal_basis": "《食品安全法》第三十三条", **REMEDY},
        (
            "不予行政许可决定书",
            "排水不符合要求",
            "《食品安全法》第三十三条",
            "60日内依法向深圳市宝安区人民政府申请行政复议",
            "6个月内依法向深圳市盐田区人民法院提起行政诉讼",
        ),
    ),
    "W13": ({"collect_way": "当面送达", "collector_name": "李代办"}, ("送达回证", "当面送达", "李代办", "送达时间")),
    "W14": ({"reason": "改变主意"}, ("准予撤回申请通知书", "改变主意", "不影响你（单位）重新提出申请")),
    "W15": (
        {"returned": ("从业人员健康证明",)},
        ("终止办理通知书", "未在补正告知书确定的期限内补正", "退还材料清单（共1项）", "从业人员健康证明"),
    ),
    "W16": (
        {"collector_name": "李代办", "collector_id_masked": "4403**12", "collect_way": "出件窗口领取"},
        ("办理结果领取登记表", "李代办", "4403**12", "出件窗口领取", "领取时间"),
    ),
    "W17": (
        {"bag_no": "FD-000123"},
        ("物料流转交接单", "FD-000123", "从业人员健康证明", "移交人", "接收人", "交接时间"),
    ),
}


@pytest.mark.parametrize("kind", LetterKind.values)
def test_letter_holds_what_it_must(kind):
    facts, must = CASES[kind]

    text = text_of(kind, **facts)

    assert [word for word in (*must, *COMMON) if word.replace(" ", "") not in text] == []


@pytest.mark.parametrize("kind", LetterKind.values)
def test_letter_is_pdf_a_on_one_page(kind):
    page = set_page(kind, **CASES[kind][0])

    assert page.pages == 1
    with pikepdf.open(io.BytesIO(page.content)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")


@pytest.mark.parametrize("kind", [kind for kind in LetterKind.values if kind != "W01"])
def test_pin_stands_on_the_receipt_only(kind):
    assert "482913" not in text_of(kind, "en", **CASES[kind][0])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Decisiontorefuse", "within60days")),
        ("ja", ("不許可決定書", "60日以内")),
        ("ko", ("불허가결정서", "60일이내")),
    ],
)
def test_reader_of_another_language_gets_a_translation(language, words):
    text = text_of("W12", language, **CASES["W12"][0]).lower()

    assert [word for word in (*words, "不予行政许可决定书") if word.lower() not in text] == []


def test_every_kind_has_words_in_every_language():
    for kind in LetterKind:
        for language in ("en", "ja", "ko"):
            assert translation(kind, some_facts(), language)["rows"][0][1] == "BA20261123000042K"
        assert translation(kind, some_facts(), "zh-hans") is None


@pytest.mark.parametrize(
    ("kind", "facts", "said", "unsaid", "sentence"),
    [
        ("W02", {"is_deemed": True}, "第（四）项", "申请材料齐全", "countsasaccepted"),
        ("W01", {"is_later": True}, "此前已经告知的期限不变", "五个工作日", "furtherpapers"),
    ],
)
def test_a_letter_on_another_occasion_claims_no_more_than_is_true(kind, facts, said, unsaid, sentence):
    chinese, english = text_of(kind, **facts), text_of(kind, "en", **facts)

    assert (said in chinese, unsaid in chinese, sentence in english) == (True, False, True)


def test_other_items_are_not_called_licences():
    text = text_of("W12", item_type="公共服务", **CASES["W12"][0])

    assert "不予办理决定书" in text
    assert "行政许可法" not in text


def test_remedies_are_named_even_when_the_item_does_not_say_where():
    assert "60日内依法申请行政复议" in text_of("W12", reason="不符合", legal_basis="法")


def test_long_list_goes_on_over_the_page():
    page = set_page("W01", materials=MATERIALS * 20)

    assert page.pages > 1


@pytest.mark.parametrize("nasty", ['#panic("x")', "$x$ *b* @label <tag> \\", '"; #sys.inputs', "`raw`", "// x", "= H"])
def test_facts_are_never_markup(nasty):
    assert nasty.replace(" ", "") in text_of("W12", applicant_name=nasty)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (LimitFacts(count=20, unit="working_day", due_on=date(2016, 7, 22)), "20个工作日，于2016年7月22日届满"),
        (
            LimitFacts(count=30, unit="working_day", missing_year=2027),
            "30个工作日；具体届满日期待2027年节假日安排公布后确定",
        ),
        (LimitFacts(count=4, unit="opening_hour"), "4个办公小时"),
        (LimitFacts(count=3, unit="month"), "3个月"),
    ],
)
def test_limits_in_words(limit, words):
    assert chinese_limit(limit) == words
