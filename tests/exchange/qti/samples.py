"""Small files in QTI, each in the shape that its producer writes."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from tutorbot.exchange.qti.reading import read
from tutorbot.exchange.taken import Taken
from tutorbot.lessons.question import Question

MATCH_CORRECT = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
)


def taken(folder: Path, text: str, name: str = "quiz.xml") -> Taken:
    """Return what is read of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def only(result: Taken) -> Question:
    """Return the only question that was taken."""
    (draft,) = result.drafts
    return draft.question


def told(result: Taken) -> str:
    """Return all that was missed, a line each."""
    return "\n".join(map(str, result.missed))


def canvas(*items: str) -> str:
    """Return the items as Canvas exports a quiz."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <assessment ident="g1" title="Bread">
    <section ident="root_section">{"".join(items)}</section>
  </assessment>
</questestinterop>"""


def canvas_item(
    kind: str,
    response: str,
    rules: str,
    *,
    feedback: Mapping[str, str] | None = None,
    prompt: str = "<div><p>What makes it <strong>ripe</strong>?</p></div>",
    points: str = "1.0",
    title: str = "Question",
) -> str:
    """Return an item as Canvas writes it: texts are HTML, and the score goes up to 100."""
    return f"""
      <item ident="i90fa601541c7" title="{title}">
        <itemmetadata><qtimetadata>
          <qtimetadatafield>
            <fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>
          </qtimetadatafield>
          <qtimetadatafield>
            <fieldlabel>points_possible</fieldlabel><fieldentry>{points}</fieldentry>
          </qtimetadatafield>
        </qtimetadata></itemmetadata>
        <presentation>
          <material><mattext texttype="text/html">{escape(prompt)}</mattext></material>
          {response}
        </presentation>
        <resprocessing>
          <outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
          {rules}
        </resprocessing>
        {"".join(item_feedback(ident, text) for ident, text in (feedback or {}).items())}
      </item>"""


def item_feedback(ident: str, text: str) -> str:
    """Return feedback under a name."""
    return f"""
        <itemfeedback ident="{ident}"><flow_mat><material>
          <mattext texttype="text/html">{escape(f"<p>{text}</p>")}</mattext>
        </material></flow_mat></itemfeedback>"""


def labels(options: Mapping[str, str]) -> str:
    """Return options by their names."""
    return "".join(
        f'<response_label ident="{ident}"><material><mattext texttype="text/plain">{escape(text)}</mattext>'
        "</material></response_label>"
        for ident, text in options.items()
    )


def choices(options: Mapping[str, str], cardinality: str = "Single", ident: str = "response1") -> str:
    """Return a response that is chosen from options."""
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}"><render_choice>{labels(options)}'
        "</render_choice></response_lid>"
    )


def rule(
    condition: str, score: str = "", *, shows: str = "", goes_on: str = "No", action: str = "Set"
) -> str:
    """Return a rule: a condition, what it scores, and which feedback it shows."""
    scored = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{shows}"/>' if shows else ""
    proceed = f' continue="{goes_on}"' if goes_on else ""
    return f"<respcondition{proceed}><conditionvar>{condition}</conditionvar>{scored}{shown}</respcondition>"


def equals(value: str, response: str = "response1") -> str:
    """Return a test for a value."""
    return f'<varequal respident="{response}">{value}</varequal>'


def blackboard(*items: str) -> str:
    """Return the items as Blackboard exports a pool."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<questestinterop><assessment title="Bread">
  <rubric view="All"><flow_mat class="Block"><material><mat_extension><mat_formattedtext type="HTML"/>
  </mat_extension></material></flow_mat></rubric>
  <section>{"".join(items)}</section>
</assessment></questestinterop>"""


def formatted(text: str, block: str = "FORMATTED_TEXT_BLOCK") -> str:
    """Return a text as Blackboard writes it."""
    return (
        f'<flow class="{block}"><material><mat_extension><mat_formattedtext type="HTML">{escape(text)}'
        "</mat_formattedtext></mat_extension></material></flow>"
    )


def blackboard_item(kind: str, response: str, rules: str, more: str = "", points: str = "2.0") -> str:
    """Return an item as Blackboard writes it: parts of it are known by their class."""
    return f"""
    <item maxattempts="0">
      <itemmetadata>
        <bbmd_asi_object_id>_1_1</bbmd_asi_object_id><bbmd_questiontype>{kind}</bbmd_questiontype>
        <qmd_absolutescore_max>{points}</qmd_absolutescore_max>
      </itemmetadata>
      <presentation><flow class="Block">
        <flow class="QUESTION_BLOCK">{formatted("What makes it <b>ripe</b>?")}
          <flow class="FILE_BLOCK"><material/></flow></flow>
        {response}
      </flow></presentation>
      <resprocessing scoremodel="SumOfScores">
        <outcomes><decvar varname="SCORE" vartype="Decimal" minvalue="0" maxvalue="2.0"/></outcomes>
        {rules}
      </resprocessing>
      {more}
    </item>"""


def blackboard_rules(condition: str) -> str:
    """Return the rules of Blackboard: what is wrong may stand first."""
    return f"""
        <respcondition title="incorrect"><conditionvar><other/></conditionvar>
          <setvar variablename="SCORE" action="Set">0.0</setvar>
          <displayfeedback linkrefid="incorrect" feedbacktype="Response"/></respcondition>
        <respcondition title="correct"><conditionvar>{condition}</conditionvar>
          <setvar variablename="SCORE" action="Set">SCORE.max</setvar>
          <displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>"""


def assessment_item(
    body: str,
    *,
    correct: tuple[str, ...] = (),
    cardinality: str = "single",
    base: str = "identifier",
    mapping: str = "",
    processing: str = MATCH_CORRECT,
    more: str = "",
) -> str:
    """Return an item of QTI 2.1."""
    values = "".join(f"<value>{value}</value>" for value in correct)
    declared = f"<correctResponse>{values}</correctResponse>" if correct else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="ripe-1" title="Ripe dough"
    adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">
    {declared}{mapping}
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="3"/>
  <itemBody>{body}</itemBody>
  {processing}{more}
</assessmentItem>"""
