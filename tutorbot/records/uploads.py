"""Pictures that Slack has, by the digest of what was uploaded."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from tutorbot.records.schema import insert_once
from tutorbot.records.tables import uploads


def find_upload(conn: Connection, team: str, digest: str) -> str | None:
    """Return the id of the file that shows the picture in this workspace, or None."""
    return conn.scalar(select(uploads.c.file_id).where(uploads.c.team == team, uploads.c.digest == digest))


def keep_upload(conn: Connection, team: str, digest: str, file_id: str, *, now: datetime) -> None:
    """Remember a file; where another process was quicker, its file stays the one that is used."""
    conn.execute(insert_once(conn.dialect, uploads).values(team=team, digest=digest, file_id=file_id, at=now))


def forget_upload(conn: Connection, team: str, digest: str) -> None:
    """Forget a file that is gone."""
    conn.execute(delete(uploads).where(uploads.c.team == team, uploads.c.digest == digest))
