import spacy
from sample_analysis import sample
from spacy.tokens import DocBin

from feedback_synth.reports.training_corpus import docbin


def test_the_corpus_holds_every_passage_and_opinion_with_its_labels() -> None:
    analysis = sample()
    docs = list(DocBin().from_bytes(docbin(analysis)).get_docs(spacy.blank("xx").vocab))
    assert [d.user_data["block"] for d in docs] == [b.id for s in analysis.sources for b in s.blocks if b.text.strip()]
    roles = [(span.doc.user_data["block"], span.label_) for doc in docs for span in doc.spans["roles"]]
    assert sorted(roles) == sorted((p.span.block_id, p.role) for p in analysis.passages)
    requests = {(d.user_data["block"], s.text.strip(), s.label_) for d in docs for s in d.spans["requests"]}
    assert requests == {(o.span.block_id, o.text, o.request) for o in analysis.opinions}
    groups = {a.opinion_id: a.group for a in analysis.assignments}
    found = sorted(span.label_ for doc in docs for span in doc.spans["groups"])
    assert found == sorted(groups[o.id] for o in analysis.opinions)


def test_equal_runs_give_equal_bytes() -> None:
    assert docbin(sample()) == docbin(sample())
