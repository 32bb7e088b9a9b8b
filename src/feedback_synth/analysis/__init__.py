"""Groups, links, themes, duplicates, trace: what the machine proposes, with its evidence."""
