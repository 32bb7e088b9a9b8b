"""``python -m feedback_synth``, where the command is not on the path."""

from feedback_synth.cli import main

main()
