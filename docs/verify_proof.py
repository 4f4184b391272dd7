"""Check the proof of a case with nothing but Python: python verify_proof.py proof.json (see explanation/ledger.md)."""

import json
import sys
from hashlib import sha256


def must(truth, sentence):
    if not truth:
        raise ValueError(sentence)


def check_lines(proof):
    before = bytes(32)
    for number, line in enumerate(proof["lines"], 1):
        said, found = json.loads(line["body"]), sha256(before + line["body"].encode()).hexdigest()
        must((said["chain"], said["number"]) == (proof["chain"], number), f"line {number} belongs elsewhere")
        must(found == line["hash"], f"line {number} was changed, or one before it is missing")
        before = bytes.fromhex(line["hash"])


def check_anchors(proof):
    anchored = proof["anchored"]
    number, head = anchored["number"], bytes.fromhex(proof["lines"][anchored["number"] - 1]["hash"])
    node = sha256(b"\0" + proof["chain"].encode() + b"\0" + str(number).encode() + b"\0" + head).digest()
    for side, other in anchored["path"]:
        pair = bytes.fromhex(other) + node if side == "left" else node + bytes.fromhex(other)
        node = sha256(b"\1" + pair).digest()
    must(node.hex() == anchored["anchors"][0]["root"], "the anchored root does not contain this case")
    before = anchored["anchors"][0]["previous"]
    for anchor in anchored["anchors"]:
        text = bytes.fromhex(anchor["previous"]) + bytes.fromhex(anchor["root"]) + anchor["at"].encode()
        must(anchor["previous"] == before, f"the anchor of {anchor['at']} does not follow the one before")
        must(sha256(text).hexdigest() == anchor["hash"], f"the anchor of {anchor['at']} was changed")
        before = anchor["hash"]


try:
    with open(sys.argv[1], encoding="utf-8") as file:
        proof = json.load(file)
    must(proof["lines"], "there are no lines")
    check_lines(proof)
    if proof["anchored"]:
        check_anchors(proof)
except (ValueError, KeyError, IndexError, TypeError) as error:
    sys.exit(f"broken: {error}")
newest = proof["anchored"]["anchors"][-1] if proof["anchored"] else {"at": "none yet", "hash": ""}
print(f"ok: {proof['chain']}, {len(proof['lines'])} lines; newest anchor {newest['at']} {newest['hash']}")
