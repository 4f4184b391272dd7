"""The platform under fire: programs killed in the middle of work, and afterwards everything counted."""
