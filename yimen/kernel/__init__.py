"""Tools that know no domain: the clock, ways to say no, news, numbers with check characters, sealed text, jobs.

Everything here could be lifted into another project without taking a word of government with it.
"""
