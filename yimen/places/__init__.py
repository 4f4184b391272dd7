"""Regions, service centres, zones, windows and when they are open: data with the days between which they hold.

Three tiers of centres: district, street, community. A street that is split ends on a day and its successors begin.
"""
