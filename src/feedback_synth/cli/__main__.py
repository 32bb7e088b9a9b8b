"""``python -m feedback_synth.cli``."""

from feedback_synth.cli import main

main()
