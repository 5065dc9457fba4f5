"""Names found in a question, however they are typed."""
