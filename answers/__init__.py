"""How facts become an answer: composing, citing, rendering."""
