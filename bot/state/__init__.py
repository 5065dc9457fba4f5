"""What the bot has to remember across restarts, in a database of its own."""
