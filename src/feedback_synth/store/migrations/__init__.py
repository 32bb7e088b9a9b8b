"""Numbered steps of the database's shape. A published step is never edited; a change is a new ``m<nnn>_<what>.py``."""
