"""The first page of the staff: what waits, by post."""
