"""One module per way to turn texts into unit vectors."""
