"""What characters say by themselves: folding, patterns, numerals, dates, words of the language."""
