"""Measures how many years of school a text asks for (Flesch-Kincaid)."""

import re
from collections.abc import Iterable

import syllapy

# What has no shorter name counts as one plain word.
NAMED_TERMS = (
    "American Society of Anesthesiologists",
    "anesthesia",
    "antidepressant",
    "antidepressants",
    "ClinicalTrials.gov",
    "electroconvulsive therapy",
    "esketamine",
    "HealthCare.gov",
    "ketamine",
    "Medicaid",
    "Medicare",
    "National Library of Medicine",
    "prior authorization",
    "Spravato",
)
_NAMED_TERM = re.compile(rf"\b({'|'.join(map(re.escape, NAMED_TERMS))})\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_END_OF_SENTENCE = re.compile(r"(?<=[.?])[”\"]?\s+")


def school_years(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some texts taken together.

    >>> round(school_years(["You may appeal to the plan within one hundred and eighty days."]))
    5
    """
    sentences = [
        words
        for text in texts
        for sentence in _END_OF_SENTENCE.split(_NAMED_TERM.sub("name", text))
        if (words := _WORD.findall(sentence))
    ]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(max(1, int(syllapy.count(word))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
