"""What a question asks: intent, slots, clues, who is asked, and what nothing explains."""
