"""The questions to a person with a denial: which plan it is, and what the notice says."""

from appeals.forms.asked import AskedForm
from appeals.forms.dates import DatesForm
from appeals.forms.finder import FinderForm
from appeals.forms.notice import NoticeForm
from appeals.forms.reasons import ReasonsForm

__all__ = ["AskedForm", "DatesForm", "FinderForm", "NoticeForm", "ReasonsForm"]
