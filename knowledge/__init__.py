"""What is known, and how a question is understood."""
