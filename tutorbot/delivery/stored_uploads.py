"""The pictures that Slack has, remembered in the store."""

from dataclasses import dataclass

from tutorbot.clock import Now
from tutorbot.records.uploads import find_upload, forget_upload, keep_upload
from tutorbot.store import Store


@dataclass(frozen=True, slots=True)
class StoredUploads:
    """What `Slack` asks before it uploads a picture to this workspace."""

    store: Store
    team: str
    machine_now: Now

    def find(self, digest: str) -> str | None:
        """Return the file id, or None."""
        with self.store.read() as conn:
            return find_upload(conn, self.team, digest)

    def keep(self, digest: str, file_id: str) -> None:
        """Remember the file id."""
        now = self.machine_now()
        self.store.write(lambda conn: keep_upload(conn, self.team, digest, file_id, now=now))

    def forget(self, digest: str) -> None:
        """Forget an upload that is gone."""
        self.store.write(lambda conn: forget_upload(conn, self.team, digest))
