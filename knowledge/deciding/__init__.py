"""What is answered: the facts chosen, claims confirmed or put right, or nothing."""
