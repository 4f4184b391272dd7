"""Pages of My space and of the desk that are about the person, and the door of sign-in."""
