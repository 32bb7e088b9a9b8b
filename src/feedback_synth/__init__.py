"""feedback-synth: who said what about a draft, and what the next draft made of it."""

__version__ = "0.1.0"
