"""Groups, people and their roles, sign-in, and who may do what."""
