"""One module per format: SUFFIXES and read(path, ...) -> Document."""
