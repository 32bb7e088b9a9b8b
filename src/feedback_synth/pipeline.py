"""One short function per user verb: read, extract, analyse, compare, trace, report."""
