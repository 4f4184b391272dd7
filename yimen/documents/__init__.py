"""Files given by people and letters made for them: checked by content, hashed, kept, and drawn up as PDF in the words of the law.

This domain has no public address: whoever owns a file checks the right first, then asks ``queries.open_file``.
"""
