"""Packages: what is in them can be read, what is outside cannot."""

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.exchange.packages import (
    MOST_BYTES,
    MOST_BYTES_IN_ALL,
    MOST_DIRECTORY,
    MOST_FILES,
    Package,
    open_package,
)
from tutorbot.exchange.taken import Unreadable


def zipped(path: Path, files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", way) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_zip_file_a_folder_and_a_file_are_read_alike(tmp_path: Path) -> None:
    folder = tmp_path / "unzipped"
    (folder / "items").mkdir(parents=True)
    (folder / "items/one.xml").write_bytes(b"<one/>")
    package = zipped(tmp_path / "quiz.zip", {"items/one.xml": b"<one/>"})

    for path in (folder, package):
        with open_package(path) as files:
            assert files.names == ("items/one.xml",)
            assert files.read("items/one.xml") == b"<one/>"
            assert files.place("items/one.xml") == f"{path.name}/items/one.xml"
    with open_package(folder / "items/one.xml") as files:
        assert files.names == ("",)
        assert files.read("") == b"<one/>"
        assert files.place("") == "one.xml"


def test_a_file_is_found_from_the_folder_of_another() -> None:
    files = Package("quiz.zip", {"items/one.xml": lambda _: b"", "media/a.png": lambda _: b""})

    assert files.find("../media/a.png", beside="items/one.xml") == "media/a.png"
    assert files.find("..\\media\\a.png", beside="items/one.xml") == "media/a.png"
    assert files.find("media/a.png") == "media/a.png"
    assert files.find("../../media/a.png", beside="items/one.xml") is None
    assert files.find("/etc/passwd") is None


def test_names_that_lead_out_of_a_zip_file_are_not_read(tmp_path: Path) -> None:
    names = ["../up.xml", "/etc/passwd", "a/../../b.xml", "..\\up.xml", "fine.xml"]

    with open_package(zipped(tmp_path / "quiz.zip", dict.fromkeys(names, b"x"))) as files:
        assert files.names == ("fine.xml",)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text("<secret/>")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "link.xml").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)

    with open_package(folder) as files:
        assert files.names == ()


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"big.xml": bytes(MOST_BYTES + 1)})

    told = r"bomb\.zip/big\.xml:1: is larger than the 10 MB"
    with open_package(bomb) as files, pytest.raises(Unreadable, match=told):
        files.read("big.xml")


def test_a_package_that_unpacks_to_too_much_in_all_is_refused() -> None:
    files = Package("quiz", {"a": lambda most: bytes(min(most + 1, MOST_BYTES))})
    for _ in range(MOST_BYTES_IN_ALL // MOST_BYTES):
        files.read("a")

    with pytest.raises(Unreadable, match="is larger than"):
        files.read("a")


def test_ways_of_packing_without_a_bound_on_memory_are_refused(tmp_path: Path) -> None:
    package = zipped(tmp_path / "quiz.zip", {"a.xml": b"<a/>"}, zipfile.ZIP_LZMA)

    with open_package(package) as files, pytest.raises(Unreadable, match="packed in an unusual way"):
        files.read("a.xml")


def test_a_zip_file_with_too_many_files_is_refused(tmp_path: Path) -> None:
    many = zipped(tmp_path / "many.zip", {f"{n}": b"" for n in range(MOST_FILES + 1)}, zipfile.ZIP_STORED)

    with pytest.raises(Unreadable, match="more than 5,000 files"), open_package(many):
        pass


def test_a_zip_file_with_a_huge_list_of_files_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "quiz.zip", {"a.xml": b"<a/>"})
    data = bytearray(path.read_bytes())
    data[-10:-6] = (MOST_DIRECTORY + 1).to_bytes(4, "little")
    path.write_bytes(data)

    with pytest.raises(Unreadable, match="more in it than is read"), open_package(path):
        pass


def test_a_file_that_is_not_there_is_told() -> None:
    told = r"nowhere\.zip:1: cannot be read \(No such file or directory\)"

    with open_package(Path("nowhere.zip")) as files, pytest.raises(Unreadable, match=told):
        files.read("")


@given(st.randoms(use_true_random=False), st.binary(max_size=100))
def test_a_damaged_zip_file_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, data: bytes
) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", data)
    damaged = bytearray(whole.getvalue())
    for _ in range(3):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    path = tmp_path_factory.mktemp("damaged") / "quiz.zip"
    path.write_bytes(damaged)

    with suppress(Unreadable), open_package(path) as files:
        for name in files.names:
            files.read(name)
