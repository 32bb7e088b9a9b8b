"""English."""

from feedback_synth.languages._form import Language

LANGUAGE = Language(
    code="en",
    name="English",
    decimal=".",
    thousands=(",",),
    abbreviations=frozenset(
        "mr. mrs. ms. dr. prof. no. art. cl. para. sec. p. pp. e.g. i.e. etc. cf. vs. st. jr. sr. dept. govt.".split()
    ),
    stop_words=frozenset(
        "the a of and to in for is on that with be are by as at from this an or it not we should must will have has "
        "their which its can was were they our".split()
    ),
    months=tuple("january february march april may june july august september october november december".split()),
)
