"""Letters: merging a text with a writer's details, the member's form, and the record of each letter."""
