"""The ledger: what was done, by whom, when, as lines that nobody can change, chained by SHA-256.

One chain per case (its name is the case number). Each minute the heads of the chains that grew are anchored in a Merkle
root, and the roots are chained in turn. Anyone with a case number and its PIN can take the proof home.
"""
