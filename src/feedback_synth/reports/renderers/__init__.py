"""One module per format: render(report) -> bytes."""
