"""Many letters in one go: who writes, what goes into the envelopes, what it weighs and costs, and how it is made."""
