"""Commands of the ledger, one module each."""
