"""Loading the invented district of the demo: each loader reads one file and goes through the doors of its domain."""
