"""The local review page, on loopback only."""
