"""What the site tells of ketamine and coverage: facts with their sources, and the pages of them."""

from policies.guide.facts import Fact, Helper, Source, fact, facts, people_who_help
from policies.guide.grades import Grade
from policies.guide.pages import Page, pages
from policies.guide.reading import GuideError
from policies.guide.words import Review, Words

__all__ = [
    "Fact",
    "Grade",
    "GuideError",
    "Helper",
    "Page",
    "Review",
    "Source",
    "Words",
    "fact",
    "facts",
    "pages",
    "people_who_help",
]
