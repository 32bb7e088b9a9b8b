"""A workspace after its first run, and the commands that a team types in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feedback_synth.cli import main

DRAFT = """NGHỊ QUYẾT
Điều 1. Mục tiêu
1. Đến năm 2030, tỷ lệ trường học có hạ tầng số đạt 70%.
2. Phấn đấu 100% phòng học được kiên cố hóa.
Điều 2. Kinh phí
1. Ngân sách địa phương bảo đảm kinh phí thực hiện.
"""
LETTER = """ỦY BAN NHÂN DÂN XÃ {name}
Kính gửi: Sở Giáo dục và Đào tạo
UBND xã {name} tham gia ý kiến như sau:
1. Đề nghị nâng tỷ lệ trường học có hạ tầng số tại khoản 1 Điều 1 lên 80% và bổ sung cơ chế hỗ trợ giáo viên vào Điều 2.
2. Đề nghị quy định mức chi cho điểm trường lẻ.
3. Đề nghị làm rõ nguồn vốn thực hiện.
"""
OTHER = """ỦY BAN NHÂN DÂN XÃ {name}
Kính gửi: Sở Giáo dục và Đào tạo
UBND xã {name} tham gia ý kiến như sau:
1. Đề nghị quy định thời gian hoàn thành {rate} nhà vệ sinh trường học.
"""


class Team:
    """Types commands in a workspace; ``inbox`` is the folder for letters that come."""

    DRAFT, LETTER, OTHER = DRAFT, LETTER, OTHER

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox

    def __call__(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    def synthesize(self) -> Result:
        done = self("synthesize", "--encoder", "none")
        assert done.exit_code == 0, done.output
        return done

    def analysis(self) -> dict[str, Any]:
        """What the newest run left for other programs."""
        found: dict[str, Any] = json.loads(Path("results/analysis.json").read_text(encoding="utf-8"))
        return found

    def texts(self) -> list[str]:
        return [opinion["text"] for opinion in self.analysis()["opinions"]]

    def more(self) -> None:
        """Another letter comes, and everything is run again."""
        letter = self.inbox / "đến muộn.txt"
        letter.write_text(OTHER.format(name="BẢN BO", rate=12), encoding="utf-8")
        assert self("add", letter).exit_code == 0
        self.synthesize()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team in a workspace whose path has spaces and marks, after its first run over one letter."""
    monkeypatch.setenv("FEEDBACK_SYNTH_LANGUAGE", "en")
    team, folder = Team(tmp_path), tmp_path / "hồ sơ góp ý"
    (tmp_path / "nghị quyết 1.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "công văn 1.txt").write_text(LETTER.format(name="PA TẦN"), encoding="utf-8")
    assert team("init", folder, "--draft", f"resolution={tmp_path / 'nghị quyết 1.txt'}").exit_code == 0
    monkeypatch.chdir(folder)
    assert team("add", tmp_path / "công văn 1.txt").exit_code == 0
    team.synthesize()
    return team
