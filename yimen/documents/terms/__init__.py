"""The words of documents: kinds of letters and files, the facts of a letter."""

from yimen.documents.terms.facts import LetterFacts, LimitFacts, MaterialLine
from yimen.documents.terms.kinds import FileKind, LetterKind

__all__ = ["FileKind", "LetterFacts", "LetterKind", "LimitFacts", "MaterialLine"]
