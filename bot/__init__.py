"""The process: command line, terminal chat, settings."""

__version__ = "0.1.0"
