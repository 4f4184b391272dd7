"""The addresses: the public portal, the desk of the staff, the API. Composition, no rules."""
