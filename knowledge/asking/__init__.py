"""A message with what was said before it, from its sentences to an outcome."""
