"""What the one script runs: the environment, the embedded database, the demo, the tests. Knows the machine, not the hall."""
