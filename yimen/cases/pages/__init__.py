"""Pages of the register, by reader."""
