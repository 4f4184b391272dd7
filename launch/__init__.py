"""What the one script runs: the environment, the embedded database, the demo, the tests.

It knows the machine, not the hall.
"""
