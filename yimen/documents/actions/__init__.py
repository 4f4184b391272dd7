"""Everything that is written here: files taken in, letters drawn up and set."""

from yimen.documents.actions.letters import draw_up, letter_row, next_serial, set_letter
from yimen.documents.actions.store import store_upload

__all__ = ["draw_up", "letter_row", "next_serial", "set_letter", "store_upload"]
