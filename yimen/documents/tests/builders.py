"""Letters full of facts, files of every kind; people and numbers are invented."""

import io
from datetime import UTC, date, datetime

import pikepdf
from PIL import Image

from yimen.documents.terms import LetterFacts, LimitFacts, MaterialLine
from yimen.kernel.actors import Actor, ActorKind

RESIDENT = Actor(kind=ActorKind.RESIDENT, id="3f0c", label="resident")
NOON = datetime(2026, 11, 23, 4, 7, tzinfo=UTC)

MATERIALS = (
    MaterialLine(name="食品经营许可申请书", originals=1, way="form"),
    MaterialLine(name="经营场所平面布置图（标明操作流程与设备位置）", originals=1, copies=1, way="upload"),
    MaterialLine(name="从业人员健康证明", copies=3, way="paper"),
)


def some_facts(**changed):
    """A food licence, with everything that any letter could want."""
    facts = {
        "institution": "宝安区政务服务中心",
        "agency": "深圳市市场监督管理局宝安监管局",
        "case_no": "BA20261123000042K",
        "item_name": "食品经营许可（新办）",
        "applicant_name": "王小满",
        "item_code": "440306-SP-001",
        "pin": "482913",
        "id_masked": "4403***********018",
        "representative_name": "李代办",
        "centre": "宝安区行政服务大厅",
        "window": "A12",
        "officer": "0017",
        "materials": MATERIALS,
        "filed_at": NOON,
        "received_at": NOON,
        "accepted_at": NOON,
        "decided_at": NOON,
        "statutory": LimitFacts(count=30, unit="working_day", missing_year=2027),
        "promised": LimitFacts(count=10, unit="working_day", due_on=date(2026, 12, 7)),
        "contact_phone": "0755-00000000",
        "hotline": "12345",
        "query_url": "http://127.0.0.1:8000/check/",
    }
    return LetterFacts(**{**facts, **changed})


def a_picture(kind="JPEG", size=(60, 40), mode="RGB", color="red", **saving):
    """A picture file as bytes."""
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **saving)
    return out.getvalue()


def a_pdf(pages=1, change=lambda pdf: None, **saving):
    """A PDF file as bytes; ``change`` adds what should not be there."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **saving)
    return out.getvalue()
