"""Packages of OLX: which of their problems are read, their pictures, and what is no OLX."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.olx.samples import written
from tutorbot.errors import TutorError
from tutorbot.exchange import tarballs
from tutorbot.exchange.olx.reading import read
from tutorbot.exchange.taken import Taken
from tutorbot.lessons.text import Picture, plain_text

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"></svg>'
ASSET = "/assets/courseware/v1/x/asset-v1:o+c+r+type@asset+block@it.svg"


def numbered(text: str, *pictures: str, name: str = "") -> str:
    shown = "".join(f'<img src="{address}" alt="It"/>' for address in pictures)
    return (
        f'<problem display_name="{name}"><p>{text} {shown}</p>'
        '<numericalresponse answer="1"><textline/></numericalresponse></problem>'
    )


HASH = "0a1b2c3d4e5f60718293"
COURSE: dict[str, str | bytes] = {
    "course.xml": '<course url_name="run" org="o" course="c"/>',
    "course/run.xml": '<course><chapter url_name="b"/><chapter url_name="a"/><wiki slug="x"/></course>',
    "chapter/a.xml": f'<chapter><sequential url_name="{HASH}"/></chapter>',
    "chapter/b.xml": '<chapter><sequential url_name="s2"/></chapter>',
    f"sequential/{HASH}.xml": """\
<sequential display_name="The first lesson"><vertical url_name="v1"/></sequential>""",
    "sequential/s2.xml": """\
<sequential><vertical><html url_name="h"/><video/>
<library_content><problem url_name="deep:later"/></library_content></vertical></sequential>""",
    "vertical/v1.xml": f'<vertical><problem url_name="{HASH}"/><problem url_name="gone"/></vertical>',
    f"problem/{HASH}.xml": numbered("First?", "/static/it.svg", name="First One"),
    "problem/deep/later.xml": numbered("Later?", ASSET, "/static/../secret.png"),
    "problem/hidden.xml": numbered("Hidden?"),
    "static/it.svg": SVG,
    "secret.png": b"\x89PNG\r\n\x1a\n",
}


def tarball(path: Path, files: dict[str, str | bytes]) -> Path:
    encoded = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    tarballs.write_tarball(path, encoded, "course")
    return path


def asked(taken: Taken) -> list[str]:
    return [plain_text(draft.question.prompt) for draft in taken.drafts]


def test_a_course_is_read_in_its_own_order(tmp_path: Path) -> None:
    taken = read(written(tmp_path / "course", COURSE))

    assert [text.split("\n")[0] for text in asked(taken)] == ["Later?", "First?"]
    assert [draft.question.id for draft in taken.drafts] == ["deep-later", "first-one"]
    assert [draft.question.topic for draft in taken.drafts] == ["s2", "the-first-lesson"]
    assert [str(draft.place) for draft in taken.drafts] == [
        "course/problem/deep/later.xml:1",
        f"course/problem/{HASH}.xml:1",
    ]
    told = [str(missed) for missed in taken.missed]
    assert "course/vertical/v1.xml:1: there is no file `problem/gone.xml`" in told
    assert "course/course.xml:1: only questions are taken, and not pages of text (1), videos (1)" in told
    later = "course/problem/deep/later.xml:1"
    assert f"{later}: it may be tried without end, like 1 more, and has the usual tries here" in told
    assert "course/course.xml:1: problems that the course does not show are not taken (1)" in told


def test_pictures_come_from_the_folder_for_them_and_nowhere_else(tmp_path: Path) -> None:
    taken = read(written(tmp_path / "course", COURSE))

    (digest,) = taken.pictures
    assert taken.pictures[digest] == SVG
    for draft in taken.drafts:
        assert Picture(digest, "It") in draft.question.prompt
    assert any("/static/../secret.png" in missed.what for missed in taken.missed)


def test_an_export_of_open_edx_is_the_same_as_its_folder(tmp_path: Path) -> None:
    folder = read(written(tmp_path / "course", COURSE))
    packed = read(tarball(tmp_path / "course.tar.gz", COURSE))

    assert [draft.question for draft in packed.drafts] == [draft.question for draft in folder.drafts]
    assert packed.pictures == folder.pictures
    assert packed.drafts[0].place.file == "course.tar.gz/course/problem/deep/later.xml"


def test_problems_without_a_course_are_read_by_their_names(tmp_path: Path) -> None:
    problems = {name: text for name, text in COURSE.items() if name.startswith(("problem/", "static/"))}

    taken = read(written(tmp_path / "course", problems))

    assert [text.split("\n")[0] for text in asked(taken)] == ["First?", "Later?", "Hidden?"]


def test_a_course_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    taken = read(
        written(
            tmp_path / "course",
            {
                "course.xml": '<course url_name="run"/>',
                "course/run.xml": '<course><chapter url_name="a"/></course>',
                "chapter/a.xml": '<chapter><chapter url_name="a"/><course url_name="run"/></chapter>',
            },
        )
    )

    assert taken.drafts == ()


@pytest.mark.parametrize("name", ["missing.xml", "missing.tar.gz"])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(TutorError, match=name):
        read(tmp_path / name)


def test_a_package_without_olx_is_told(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="holds no OLX"):
        read(tarball(tmp_path / "empty.tar.gz", {"a.txt": "x"}))


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    member = tarfile.TarInfo("a.bin")
    member.size = tarballs.MOST_UNPACKED
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(member.tobuf())
        for _ in range(tarballs.MOST_UNPACKED // 2**20):
            packed.write(bytes(2**20))

    with pytest.raises(TutorError, match="MB are packed in it"):
        read(path)


def test_names_that_lead_out_of_a_tar_file_and_links_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("../course.xml", "/etc/course.xml", "a/../../course.xml"):
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
        link = tarfile.TarInfo("course.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    with pytest.raises(TutorError, match="holds no OLX"):
        read(path)


def refused(path: Path) -> str:
    """Return why the file is refused; its name, if it is not."""
    try:
        read(path)
    except TutorError as error:
        return str(error)
    return path.name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from(["a.xml", "a.tar.gz", "a.tar"]))
def test_any_bytes_are_taken_or_refused(tmp_path: Path, data: bytes, name: str) -> None:
    path = written(tmp_path, {name: data}) / name

    assert refused(path).startswith(name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_spoilt_tar_file_is_taken_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(gzip.decompress(tarball(tmp_path / "whole.tar.gz", COURSE).read_bytes()))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = (
        written(tmp_path, {"spoilt.tar": bytes(whole[: data.draw(st.integers(0, len(whole)))])})
        / "spoilt.tar"
    )

    assert refused(path).startswith("spoilt.tar")
