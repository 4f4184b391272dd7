"""Read, prove, verify; and every way to forge that we could think of."""

import copy
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from yimen.ledger.actions import anchor_heads
from yimen.ledger.queries import LineRow, Verification, lines, proof_of, verify
from yimen.ledger.rules import Head, line_hash, merkle_path, merkle_root
from yimen.ledger.tests.builders import NOON, a_chain

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "verify_proof.py"


def test_lines_are_read_as_people_read_them(db):
    written = a_chain("BA-1", 2)
    a_chain("BA-2", 1)

    found = lines("BA-1")

    assert found[1] == LineRow(
        number=2,
        at=NOON + timedelta(minutes=1),
        verb="accept",
        actor_kind="officer",
        actor_label="A-017 新安办事大厅",
        facts={"to": "受理", "revision": 1},
        hash_hex=written[1].hash.hex(),
    )
    assert [row.number for row in found] == [1, 2]


def test_honest_ledger_is_ok(db):
    for name in ("A", "B", "C"):
        a_chain(name)
    anchor_heads(now=NOON)
    a_chain("B", 2)

    assert verify() == Verification(ok=True, lines=11, chains=3)
    anchor_heads(now=NOON)
    assert verify() == Verification(ok=True, lines=11, chains=3)


def test_empty_ledger_is_ok(db):
    assert verify() == Verification(ok=True, lines=0, chains=0)


@pytest.fixture
def forge(fresh_database):
    """Three cases in two anchors, and a superuser whom no trigger stops."""
    for name in ("A", "B", "C"):
        a_chain(name)
    anchor_heads(now=NOON)
    a_chain("B", 2)
    anchor_heads(now=NOON + timedelta(minutes=1))
    with psycopg.connect(fresh_database, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser.execute


def _rewrite(forge, chain, start):
    """Hash the chain anew from a line on, as somebody would who knows how we do it."""
    rows = forge("SELECT number, body, previous FROM ledger_line WHERE chain = %s ORDER BY number", [chain]).fetchall()
    previous = rows[start - 1][2]
    for number, body, _ in rows[start - 1 :]:
        digest = line_hash(previous, body)
        forge(
            "UPDATE ledger_line SET previous = %s, hash = %s WHERE chain = %s AND number = %s",
            [previous, digest, chain, number],
        )
        previous = digest


CHANGE = "UPDATE ledger_line SET body = replace(body, '受理', '准予') WHERE chain = 'B' AND number = 2"

FORGERIES = {
    "body changed": ([CHANGE], ("B", 2, "the line was changed")),
    "hash changed": (
        ["UPDATE ledger_line SET hash = sha256('x') WHERE chain = 'B' AND number = 2"],
        ("B", 2, "the line was changed"),
    ),
    "body and hash changed": (
        [CHANGE, "UPDATE ledger_line SET hash = sha256(previous || convert_to(body, 'UTF8')) WHERE chain = 'B'"],
        ("B", 3, "the link to the line before is broken"),
    ),
    "column beside the body changed": (
        ["UPDATE ledger_line SET verb = 'refuse' WHERE chain = 'B' AND number = 2"],
        ("B", 2, "the line says something else than its columns"),
    ),
    "moment changed": (
        ["UPDATE ledger_line SET at = at - interval '1 day' WHERE chain = 'B' AND number = 2"],
        ("B", 2, "the line says something else than its columns"),
    ),
    "line taken out": (["DELETE FROM ledger_line WHERE chain = 'B' AND number = 2"], ("B", 2, "the line is missing")),
    "first line taken out": (
        ["DELETE FROM ledger_line WHERE chain = 'B' AND number = 1"],
        ("B", 1, "the line is missing"),
    ),
    "tail cut off": (
        ["DELETE FROM ledger_line WHERE chain = 'B' AND number > 3"],
        ("B", 5, "the line was anchored and is gone"),
    ),
    "whole case gone": (["DELETE FROM ledger_line WHERE chain = 'C'"], ("C", 3, "the line was anchored and is gone")),
    "leaf changed too": (
        ["DELETE FROM ledger_line WHERE chain = 'C'", "DELETE FROM ledger_leaf WHERE chain = 'C'"],
        ("anchor", 1, "the root does not fit its leaves"),
    ),
    "root changed": (
        ["UPDATE ledger_anchor SET root = sha256('x') WHERE id = 1"],
        ("anchor", 1, "the root does not fit its leaves"),
    ),
    "anchor's moment changed": (
        ["UPDATE ledger_anchor SET at = at - interval '1 hour' WHERE id = 1"],
        ("anchor", 1, "the anchor was changed"),
    ),
    "anchor hashed anew": (
        [
            "UPDATE ledger_anchor SET at = '2026-11-23T03:00Z' WHERE id = 1",
            "UPDATE ledger_anchor SET hash = sha256(previous || root || '2026-11-23T03:00:00.000000+00:00')",
        ],
        ("anchor", 2, "the link to the anchor before is broken"),
    ),
    "anchor taken out": (["DELETE FROM ledger_anchor WHERE id = 1"], ("anchor", 1, "the anchor is gone")),
    "anchor and leaves taken out": (
        ["DELETE FROM ledger_leaf WHERE anchor_id = 1", "DELETE FROM ledger_anchor WHERE id = 1"],
        ("anchor", 2, "the link to the anchor before is broken"),
    ),
    "leaves taken out": (
        ["DELETE FROM ledger_leaf WHERE anchor_id = 2"],
        ("anchor", 2, "the root does not fit its leaves"),
    ),
    "body that is no JSON": (
        ["UPDATE ledger_line SET body = 'x', hash = sha256(previous || 'x') WHERE chain = 'C' AND number = 3"],
        ("C", 3, "the line says something else than its columns"),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forgery_is_found_and_named(forge, name):
    statements, broken = FORGERIES[name]
    for statement in statements:
        forge(statement)

    found = verify()

    assert (found.ok, found.broken) == (False, broken)


def test_case_rewritten_from_end_to_end_is_found_by_its_anchor(forge):
    forge(CHANGE)
    _rewrite(forge, "B", 1)

    assert verify().broken == ("B", 3, "the line is not the one that was anchored")


def test_command_says_what_is_broken(forge, capsys):
    call_command("verify_ledger")
    assert capsys.readouterr().out == "ok 11 3\n"

    forge(CHANGE)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger")

    assert (stopped.value.code, capsys.readouterr().out) == (1, "broken B 2 the line was changed\n")


def test_progress_is_told(db, monkeypatch):
    monkeypatch.setattr("yimen.ledger.queries.TELL_EVERY", 2)
    a_chain("A", 5)
    told = []

    verify(told.append)

    assert told == [2, 4]


def _script(tmp_path, proof):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(SCRIPT), str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def proof(db):
    for name in ("A", "B", "C", "D", "E"):
        a_chain(name)
    anchor_heads(now=NOON)
    a_chain("A", 1)
    anchor_heads(now=NOON + timedelta(minutes=1))
    a_chain("E", 1)
    return proof_of("E")


def test_true_proof_is_verified_by_the_script(proof, tmp_path):
    code, said = _script(tmp_path, proof)

    assert (code, said.split(";")[0]) == (0, "ok: E, 4 lines")
    assert said.split()[-1] == proof["anchored"]["anchors"][-1]["hash"]
    assert (proof["anchored"]["number"], len(proof["anchored"]["anchors"])) == (3, 2)


def test_proof_before_the_first_anchor(db, tmp_path):
    a_chain("E", 1)

    assert proof_of("E")["anchored"] is None
    assert _script(tmp_path, proof_of("E"))[0] == 0


def _forged(change):
    def make(proof):
        changed = copy.deepcopy(proof)
        change(changed)
        return changed

    return make


def _swap_body(proof):
    proof["lines"][1]["body"] = proof["lines"][1]["body"].replace("受理", "准予")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_swap_body, "line 2 was changed"),
        (lambda proof: proof["lines"].pop(1), "line 2 belongs elsewhere"),
        (lambda proof: proof["lines"].clear(), "there are no lines"),
        (lambda proof: proof.update(chain="F"), "line 1 belongs elsewhere"),
        (lambda proof: proof["lines"].__delitem__(slice(2, None)), "list index out of range"),
        (lambda proof: proof["anchored"]["path"].pop(), "the anchored root does not contain this case"),
        (lambda proof: proof["anchored"]["anchors"][0].update(root="00" * 32), "does not contain this case"),
        (lambda proof: proof["anchored"]["anchors"][1].update(root="00" * 32), "was changed"),
        (lambda proof: proof["anchored"]["anchors"][1].update(previous="00" * 32), "does not follow"),
        (lambda proof: proof.pop("lines"), "'lines'"),
    ],
)
def test_forged_proof_is_refused_by_the_script(proof, tmp_path, change, said):
    code, answer = _script(tmp_path, _forged(change)(proof))

    assert code == 1
    assert said in answer


def test_script_is_short_and_stands_alone():
    text = SCRIPT.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 50
    assert {row.split()[1] for row in text.splitlines() if row.startswith(("import", "from"))} == {
        "json",
        "sys",
        "hashlib",
    }


@pytest.mark.parametrize("count", range(1, 18))
def test_every_leaf_has_a_way_to_the_root(count):
    from hashlib import sha256

    from yimen.ledger.rules import leaf_hash

    heads = [Head(f"C{n}", n, bytes([n]) * 32) for n in range(count)]

    for position, head in enumerate(heads):
        node = leaf_hash(head)
        for side, other in merkle_path(heads, position):
            pair = bytes.fromhex(other) + node if side == "left" else node + bytes.fromhex(other)
            node = sha256(b"\1" + pair).digest()
        assert node == merkle_root(heads)
