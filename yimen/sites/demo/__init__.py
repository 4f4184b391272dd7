"""The demo data set moves in: through the same actions as real life, so that it is as real as anything else."""
