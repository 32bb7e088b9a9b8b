"""Files in, Documents out. One reader per format in readers/."""
