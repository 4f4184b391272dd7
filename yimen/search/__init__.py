"""Chinese text made findable: words, parts of words, pinyin and initials. A tool that knows no domain and owns no table."""
