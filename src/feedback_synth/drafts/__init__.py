"""Document -> Draft: structure, numbering, indicators, citations; compare(old, new)."""
