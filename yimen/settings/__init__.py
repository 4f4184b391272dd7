"""Settings: ``env`` is the only reader of the environment; ``base`` is shared; one module per way of running."""
