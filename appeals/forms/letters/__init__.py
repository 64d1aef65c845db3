"""The questions to who writes a letter: which document, who signs, the facts and the papers."""

from appeals.forms.letters.choosing import AboutForm, KindForm, PapersForm, VoiceForm
from appeals.forms.letters.facts import FactsForm

__all__ = ["AboutForm", "FactsForm", "KindForm", "PapersForm", "VoiceForm"]
