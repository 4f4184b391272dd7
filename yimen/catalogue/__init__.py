"""What may be asked for: items with immutable published versions, their guides, checklists, forms, routes and limits.

The list is the law (principle 1): a case is bound to the version it was filed under, and nobody behind the counter can
add a line to it. Law: XKF art. 30 (publish items, conditions, limits and the full list of materials). GB/T 39046.
"""
