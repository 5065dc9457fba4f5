"""How the tables came to be, step by step; they are brought up to date at every start."""
