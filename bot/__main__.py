"""`python -m bot` is the command `modu`."""

from bot.start import main

main()
