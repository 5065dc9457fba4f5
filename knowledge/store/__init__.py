"""What is kept: the records of a pack, the compiled base that is read, its keys."""
