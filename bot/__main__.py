"""`python -m bot` is the command `modu`."""

from bot.cli import main

main()
