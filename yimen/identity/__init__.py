"""People, organisations, agencies, posts, mandates and sign-in: who somebody is and which post they hold.

Numbers of persons follow GB 11643, of organisations GB 32100; both lie sealed, with a keyed index to find them by.
Names of persons never serve as keys, and the number of a person is never a user name or part of an address.
"""
