"""Words sent to people: templates by event and language, the inbox in My space, and the proof that they were sent."""
