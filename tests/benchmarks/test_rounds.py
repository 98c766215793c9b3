"""What is measured works, in rounds too small to say anything."""

import statistics
from pathlib import Path

from benchmarks.answers import KINDS, opened


def test_every_answer_of_a_round_is_acknowledged_by_both_servers_and_stored_by_one(tmp_path: Path) -> None:
    urls = {kind: f"sqlite:///{tmp_path / kind}.db" for kind in KINDS}

    with opened(tmp_path, urls, 40) as bench:
        acknowledged, answered = bench.round(40, 4)  # it counts what is stored

    assert len(acknowledged.taken) == len(answered.taken) == 40
    assert 0 < statistics.median(answered.taken) <= answered.percentile(99) == answered.taken[-1]
