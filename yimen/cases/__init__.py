"""The case register: file, receive, accept, correct, examine, decide, hand over, close.

A case is one request of one applicant for one item, bound to the version it was filed under. Receive (收件)
is not accept (受理): the limit runs from acceptance. Complete (办结) is not deliver (送达). Law: XKF arts. 29–45.
"""
