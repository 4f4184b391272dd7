"""Files given by people, checked by content and kept under their hash; letters, set as PDF in the words of the law.

This domain has no public address: whoever owns a file checks the right first, then asks ``queries.open_file``.
"""
