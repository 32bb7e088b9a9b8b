"""Frozen values that the rooms exchange. Standard library only; nothing here reads files, cleans text or logs."""
