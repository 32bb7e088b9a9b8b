"""What is dealt to the encoder's fine-tuning, and what its loss rewards."""

import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.building import gold, pools
from models.building.pools import Dealt, Pool, Said

LINE = {
    "provision": {"language": "vi", "heading": "Mục tiêu", "text": "80% số xã có trạm."},
    "same": [
        {"text": "Nâng lên 90%.", "language": "vi"},
        {"text": "Raise it to 90%.", "language": "en"},
    ],
    "other": [{"text": "Bỏ chỉ tiêu này.", "language": "vi"}],
}
DRAFT = Pool(
    tuple((f"Khoản {n}", "vi") for n in range(20)),
    tuple(Said(f"Ý kiến {n}", "vi", (n % 8, 19), "") for n in range(40)),
)


def test_a_line_is_a_pool_of_one_provision() -> None:
    (pool,) = pools.of([LINE])
    assert pool.provisions == (("Mục tiêu. 80% số xã có trạm.", "vi"),)
    assert [(said.text, said.asks) for said in pool.opinions] == [
        ("Nâng lên 90%.", "same"),
        ("Raise it to 90%.", "same"),
        ("Bỏ chỉ tiêu này.", ""),
    ]


def test_a_language_left_out_is_not_known() -> None:
    (pool,) = pools.of([LINE])
    assert [said.language for said in pool.without("en").opinions] == ["vi", "vi"]
    assert pool.without("vi").opinions == ()


def test_one_large_pool_is_dealt_beside_the_small_ones_the_same_each_time() -> None:
    known = [*pools.of([LINE] * 6), DRAFT]
    dealt = pools.deal(known, 4, Random(0))
    assert dealt == pools.deal(known, 4, Random(0))
    *small, large = dealt
    assert len(small) == 4 and large.pool == 6
    assert len(large.provisions) == 11, "five that are spoken of, six others"
    spoken = {DRAFT.opinions[i].about[0] for i in large.opinions}
    assert len(spoken) == 5 and spoken <= set(large.provisions)
    assert len(large.opinions) == 15


def test_the_loss_is_least_where_each_opinion_lies_at_its_provision() -> None:
    torch = pytest.importorskip("torch")
    from models.building import contrast

    known = [Pool((("a", "vi"), ("b", "vi")), (Said("x", "vi", (0,), ""), Said("y", "vi", (1,), "")))]
    dealt = [Dealt(0, (0, 1), (0, 1))]
    provisions = torch.eye(2)
    right = contrast.loss(provisions, torch.eye(2), known, dealt)
    wrong = contrast.loss(provisions, torch.eye(2).flip(0), known, dealt)
    assert right < 0.01 < wrong


def test_the_loss_brings_together_what_asks_the_same() -> None:
    torch = pytest.importorskip("torch")
    from models.building import contrast

    known = [Pool((("a", "vi"),), tuple(Said(t, "vi", (0,), k) for t, k in (("x", "k"), ("y", "k"), ("z", ""))))]
    dealt = [Dealt(0, (0,), (0, 1, 2))]
    provisions = torch.tensor([[1.0, 0.0]])
    together = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    apart = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert contrast.loss(provisions, together, known, dealt) < contrast.loss(provisions, apart, known, dealt)


def test_a_whole_dossier_is_a_pool_whose_opinions_find_their_provisions() -> None:
    pool = gold.pool(gold.GOLD / "held-out-2")
    about = [pool.provisions[said.about[0]][0] for said in pool.opinions]
    assert len(pool.provisions) > 20 and len(about) > 20
    assert all(0 <= i < len(pool.provisions) for said in pool.opinions for i in said.about)


def test_what_is_measured_is_learnt_by_nobody() -> None:
    learned = {folder.name for folder in gold.learned()}
    assert not learned & set(gold.TESTED)
    halves = [set(names) for names in gold.HALVES]
    assert halves[0] | halves[1] <= learned and not halves[0] & halves[1]
    parts = gold.folds(4)
    assert set().union(*parts) == learned and sum(map(len, parts)) == len(learned)
    assert all(not part & halves[1 - n % 2] for n, part in enumerate(parts))
