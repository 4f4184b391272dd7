"""Chinese text made findable: words, parts of words, pinyin, initials. A tool that knows no domain and owns no table.

``text`` cuts a text into tokens, ``vector`` writes them as a ``tsvector``, ``synonyms`` knows the everyday words,
``plan`` turns what a visitor typed into weighted tokens, ``sql`` finds candidate rows in one statement, ``rank``
orders them.
"""
