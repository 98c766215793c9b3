"""How easily a text reads."""

import re
from collections.abc import Iterable

from tutorbot.authoring.quality.figures import leaves
from tutorbot.lessons.text import Paragraph, Prose, Span

_SENTENCE_END = re.compile(r"[.!?:;]+(?=[\s\"'”’)]|$)")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeioudty])ed$|(?<=[^aeiouycgszx])es$")


def reading_ease(text: Prose) -> float | None:
    """Return the Flesch reading ease of the paragraphs of an English text; None where it has no words.

    206.835 - 1.015 words a sentence - 84.6 syllables a word: the higher the easier; 60 to 70 is plain
    English, below 30 is what academics read. R. Flesch, "A New Readability Yardstick", Journal of
    Applied Psychology 32 (1948), pages 221-233. As he counts, a colon or semicolon ends a sentence too.
    Syllables are told by their vowels, and a name in code is one short word.
    """
    sentences = words = syllables = 0
    for block in leaves(text):
        if isinstance(block, Paragraph):
            for sentence in _SENTENCE_END.split(_read_aloud(block.spans)):
                found = _WORD.findall(sentence)
                sentences += bool(found)
                words += len(found)
                syllables += sum(map(syllables_of, found))
    if not words:
        return None
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def _read_aloud(spans: Iterable[Span]) -> str:
    """Return the spans' text, a short word in the place of each name in code."""
    return "".join("x" if span.code else span.text for span in spans)


def syllables_of(word: str) -> int:
    """Return about how many syllables an English word has."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))
