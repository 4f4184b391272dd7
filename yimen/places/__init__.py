"""Regions, service centres, zones, windows and when they are open. All of it data, with days from which and until which it holds.

Three tiers of centres: district, street, community. A street that is split ends on a day and its successors begin.
"""
