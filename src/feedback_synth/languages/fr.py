"""French."""

from feedback_synth.languages._form import Language

LANGUAGE = Language(
    code="fr",
    name="French",
    decimal=",",
    thousands=("\u202f", "\u00a0", " "),
    abbreviations=frozenset("m. mm. mme. mlle. dr. pr. art. al. cf. etc. n. p. pp. av. env. ex. resp. vol.".split()),
    stop_words=frozenset(
        "le la les des du de un une et est dans pour que qui au aux par sur avec ce cette ces son ses leur leurs en "
        "il elle ils nous vous ne pas plus ou sont être a ont été se d' l'".split()
    ),
    letters="çœæèêëîïûùÿ",
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
)
