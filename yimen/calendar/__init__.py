"""The legal calendar: working days, make-up days, limits, and why a limit ends on the day it ends.

Law: XKF art. 82 (limits count in working days, statutory holidays excluded), MFD art. 201 (the first day is not
counted). The State Council gives the holidays of a year in a notice the November before; a year without a notice is
never guessed.
Opening hours of a centre are another calendar and come in as arguments.
"""
