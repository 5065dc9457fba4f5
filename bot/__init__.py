"""The process: command line, terminal chat, settings."""
