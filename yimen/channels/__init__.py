"""SMS, mail and other ways out: carries words to an address and keeps the proof; knows no person and no case."""
