"""Modu on Telegram: what comes in is stored before it is confirmed, what goes out is stored before it is sent."""
