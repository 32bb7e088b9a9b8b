"""Document -> passages -> opinions: turns, roles, splitting, authors, requests, directives."""
