"""Whether the disk under the database has room, and outlives the machine."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutorbot.doctor.findings import Finding, Part, fault, ok, warning

LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000  # bytes
CONTAINER = Path("/.dockerenv")


@dataclass(frozen=True, slots=True)
class Disk:
    """What stands under the database: free bytes, and whether the disk is a mount of its own."""

    folder: Path
    free: int
    writable: bool
    own_mount: bool
    in_container: bool


def look_at_disk(database: Path) -> Disk:
    """Return what is under the file, or would be: the nearest folder that exists."""
    folder = next(each for each in database.absolute().parents if each.is_dir())
    return Disk(
        folder=folder,
        free=shutil.disk_usage(folder).free,
        writable=os.access(folder, os.W_OK | os.X_OK),
        own_mount=folder.stat().st_dev != Path(folder.anchor).stat().st_dev,
        in_container=CONTAINER.exists(),
    )


def judge_disk(disk: Disk, platform: str | None) -> Iterator[Finding]:
    """Yield whether there is room, and whether what is written there lasts."""
    yield _judge_room(disk)
    if platform and not disk.own_mount:
        yield fault(
            Part.DISK,
            f"This is {platform}, whose disk is empty again after each restart: the database would be lost.",
            "Use PostgreSQL: set DATABASE_URL to postgresql://user:password@host/name.",
        )
    elif disk.in_container and not disk.own_mount:
        yield warning(
            Part.DISK,
            "The database is inside a container, and goes when the container goes.",
            f"Mount a volume at {disk.folder}, or use PostgreSQL.",
        )
    if not disk.writable:
        yield fault(
            Part.DISK,
            f"The folder {disk.folder} cannot be written to.",
            "Let the user that runs tutorbot own the folder, or set DATABASE_URL to a file elsewhere.",
        )


def _judge_room(disk: Disk) -> Finding:
    says = f"{_size(disk.free)} free in {disk.folder}."
    if disk.free < TOO_LITTLE:
        return fault(Part.DISK, says, "Make room: on a full disk no answer can be stored.")
    if disk.free < LITTLE:
        return warning(Part.DISK, says, "Make room soon: on a full disk no answer can be stored.")
    return ok(Part.DISK, says)


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= LITTLE else f"{count / 1e6:.0f} MB"
