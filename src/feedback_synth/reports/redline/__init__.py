"""Two versions of a Word document woven into one with tracked changes."""
