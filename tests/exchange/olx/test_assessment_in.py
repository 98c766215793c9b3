"""Open response assessments in OLX become written questions."""

from pathlib import Path

from tests.exchange.olx.samples import only, read_one
from tutorbot.lessons.question import Criterion, Kind, RubricLevel
from tutorbot.lessons.text import Paragraph, Span


def test_a_written_answer_is_taken_with_its_rubric(tmp_path: Path) -> None:
    questions, missed = read_one(
        tmp_path,
        """<openassessment url_name="essay" prompts_type="html"><title>Essay</title>
        <assessments><assessment name="peer-assessment"/><assessment name="staff-assessment"/></assessments>
        <prompts><prompt><description>&lt;p&gt;Write &lt;b&gt;much&lt;/b&gt;.&lt;/p&gt;</description>
        </prompt></prompts>
        <rubric><criterion><name>0</name><label>Depth</label><prompt>How deep?</prompt>
        <option points="0"><name>0</name><label>Flat</label><explanation>It is flat.</explanation></option>
        <option points="3"><name>1</name><label>Deep</label><explanation/></option></criterion></rubric>
        </openassessment>""",
    )

    question = only(questions)
    assert question.kind is Kind.WRITTEN
    assert question.prompt == (Paragraph((Span("Write "), Span("much", bold=True), Span("."))),)
    levels = (RubricLevel(0, (Span("It is flat."),)), RubricLevel(3, (Span("Deep"),)))
    assert question.rubric == (Criterion("Depth", levels),)
    assert question.points == 3
    assert any("staff mark the answer" in each for each in missed)
