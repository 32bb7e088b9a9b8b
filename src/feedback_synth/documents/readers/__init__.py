"""One module per format: ``SUFFIXES`` and ``read(source, reading)``, which adds blocks to the reading."""
