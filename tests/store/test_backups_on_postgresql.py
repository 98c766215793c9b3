"""On PostgreSQL its own tools copy the database and put it back, as docs/operate.md says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.places import ROOT
from tests.store.rows import NOON, add
from tests.store.test_backups import used
from tutorbot.records.deliveries import State, counts
from tutorbot.records.people import Learner, read_profile, remember
from tutorbot.records.tables import deliveries
from tutorbot.upkeep.backing_up import HOW_ON_POSTGRESQL
from tutorbot.upkeep.restoring import settle_put_back

PAGE = (ROOT / "docs" / "operate.md").read_text()
DUMP, RESTORE = (
    next(re.finditer(rf"^ *({name} .*)$", HOW_ON_POSTGRESQL, re.MULTILINE))[1]
    for name in ("pg_dump", "pg_restore")
)
ANNA = Learner("T1", "U1")


def test_the_page_says_what_the_command_says() -> None:
    for command in (DUMP, RESTORE, "tutorbot restore --put-back"):
        assert command.format(file="tutorbot.dump") in PAGE


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="the tools of PostgreSQL are not installed")
def test_a_database_is_copied_while_it_is_used_and_put_back(postgres_url: str, tmp_path: Path) -> None:
    url = re.sub(r"^\w+(\+\w+)?://", "postgresql://", postgres_url)

    def sh(command: str) -> None:
        subprocess.run(
            command.format(file=tmp_path / "tutorbot.dump"),
            shell=True,
            check=True,
            env=os.environ | {"DATABASE_URL": url},
        )

    with used(postgres_url) as store:
        store.write(lambda conn: remember(conn, ANNA, name="Anna"))
        store.write(lambda conn: add(conn, deliveries, kind="post", state="due", channel="C1"))
        sh(DUMP)
        store.write(lambda conn: remember(conn, ANNA, name="Annette"))

    sh(RESTORE)
    doubted = settle_put_back(postgres_url, now=NOON).doubted

    with used(postgres_url) as store, store.read() as conn:
        assert read_profile(conn, ANNA).name == "Anna"
        assert counts(conn)[State.UNKNOWN] == doubted == 1
