"""The screens on the way to a letter, each made from what was posted."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.forms.letters import AboutForm, FactsForm, KindForm, VoiceForm
from appeals.letter_sheets import LetterSheet
from appeals.letters import LetterCase, kind_plans
from appeals.letters.edits import TEXT
from appeals.letters.facts import letter_facts
from appeals.letters.kinds import Voice
from appeals.letters.sheet import Sheet, sheets
from appeals.plan_address import address_for_letter
from appeals.presenting.letter import field_views, present_letter
from appeals.presenting.letters.cautions import WRITE_ENGLISH
from appeals.presenting.letters.contrary import present_contrary
from appeals.presenting.letters.finish import present_finish
from appeals.presenting.letters.hurry import hurry
from appeals.presenting.letters.kinds import present_kinds
from appeals.presenting.letters.papers import other_papers, present_papers, useful_papers
from appeals.presenting.letters.parts import present_parts
from appeals.screens.letters.beside import (
    before_signing,
    cautions,
    in_page_language,
    is_other_language,
    missing,
    on_signing,
)
from appeals.screens.letters.carrying import carried
from appeals.screens.letters.memory import Memory, Step
from appeals.screens.letters.pages import ABOUT, Page
from appeals.screens.letters.posted import Posted
from appeals.screens.letters.screen import Screen
from policies.language import said
from policies.presenting.addresses import AddressView, present_address
from policies.situation import Asker
from policies.wording.dates import date

TITLES = {
    Step.START: N_("Write a letter"),
    Step.DOCUMENT: N_("Which document do you need?"),
    Step.VOICE: N_("Who signs it?"),
    Step.PAPERS: N_("The papers that go with it"),
    Step.EDIT: N_("Your letter"),
    Step.FINISH: N_("Your letter is ready to print"),
}
ABOUT_TITLE = N_("What it is about")
DRAFT_TITLE = N_("Your letter is a draft")
# Who asked in the check is likely to sign, too.
VOICES = {
    Asker.PATIENT: Voice.PATIENT,
    Asker.PARENT_OR_GUARDIAN: Voice.PARENT,
    Asker.CARER: Voice.REPRESENTATIVE,
    Asker.CLINIC: Voice.CLINICIAN,
}


def start_screen(*, faults: tuple[str, ...] = ()) -> Screen:
    """What can be written, and the ways in."""
    return Screen(
        template="appeals/letters/_start.html",
        title=_(TITLES[Step.START]),
        at=Step.START,
        carried=tuple(Memory(Step.START).fields()),
        needs_denial=tuple(said(one.name) for one in kind_plans().values() if one.fits.rights),
        faults=faults,
        has_back=False,
        takes_focus=False,
    )


def kind_screen(
    posted: Posted, *, form: KindForm | None = None, faults: tuple[str, ...] = ()
) -> Screen:
    """The documents, the fitting ones first; or `form`, with what is missing."""
    kinds, denied = posted.kinds, posted.denied
    chosen = posted.kind or next((one.kind for one in kinds if one.is_first), "")
    shown = form or kind_form(posted, initial={"kind": chosen})
    return Screen(
        template="appeals/letters/_kind.html",
        title=_(TITLES[Step.DOCUMENT]),
        at=Step.DOCUMENT,
        kinds=present_kinds(
            shown,
            kinds,
            chosen=str(chosen),
            reasons=denied.denial.reasons if denied is not None else (),
            is_denied=denied is not None,
        ),
        to_correct=(form,) if form is not None else (),
        faults=faults,
        has_denial=posted.denied is not None,
        has_answer=posted.checked is not None,
        carried=carried(posted, Memory(Step.DOCUMENT), is_shown=_shown(shown)),
        has_back=False,
        takes_focus=not faults,
        is_sensitive=posted.speaks_of_suicide,
    )


def kind_form(posted: Posted, data: QueryDict | None = None, **options: Any) -> KindForm:
    """The documents that can be chosen."""
    kinds = [one.kind for one in posted.kinds if one.is_offered]
    return KindForm(data, kinds=kinds, **options)


def voice_screen(posted: Posted, *, form: VoiceForm | None = None) -> Screen:
    """Who may sign this document; who asked in the check is marked already."""
    voices = posted.plan.voices if posted.plan is not None else ()
    asker = posted.checked.situation.asker if posted.checked is not None else None
    likely = VOICES.get(asker) if asker is not None else None
    chosen = posted.voice or (likely if likely in voices else None)
    shown = form or VoiceForm(
        voices=voices,
        initial={"voice": chosen},
    )
    return Screen(
        template="appeals/letters/_voice.html",
        title=_(TITLES[Step.VOICE]),
        at=Step.VOICE,
        voice=shown,
        cautions=on_signing(posted, chosen),
        to_correct=(form,) if form is not None else (),
        carried=carried(posted, Memory(Step.VOICE), is_shown=_shown(shown)),
        is_sensitive=posted.speaks_of_suicide,
    )


def about_screen(
    posted: Posted, *, form: AboutForm | None = None, returns: bool | None = None
) -> Screen:
    """The treatment and the condition, where nobody has told them."""
    returns = posted.memory.returns if returns is None else returns
    shown = form or posted.about_form(is_checked=False)
    return Screen(
        template="appeals/letters/_about.html",
        title=_(ABOUT_TITLE),
        at=Step.FACTS,
        about=shown,
        to_correct=(form,) if form is not None else (),
        carried=carried(posted, Memory(Step.FACTS, ABOUT, returns), is_shown=_shown(shown)),
        place=(1, len(posted.pages) + 1),
        returns=returns,
        is_sensitive=posted.speaks_of_suicide,
    )


def facts_screen(
    posted: Posted,
    page: Page,
    *,
    form: FactsForm | None = None,
    returns: bool | None = None,
    aim: str = "",
) -> Screen:
    """One screen of facts, as typed or as the denial has them; or `form`, with what is wrong."""
    returns = posted.memory.returns if returns is None else returns
    shown = form or posted.facts_form(page.names, is_checked=False, aim=aim)
    open_ones = [one for one in shown if one.name not in page.folded]
    folded = [one for one in shown if one.name in page.folded]
    is_prose = any(letter_facts()[name].is_prose for name in page.names)
    letter = posted.before.letter
    before = int(posted.wants_about)
    return Screen(
        template="appeals/letters/_facts.html",
        title=_(page.title),
        at=Step.FACTS,
        fields=field_views(open_ones, letter),
        folded=field_views(folded, letter),
        is_unfolded=any(one.value() or one.errors or one.name == aim for one in folded),
        settled=_settled(posted, page),
        hurry=hurry(posted.case) if posted.case and "delivery" in page.names else "",
        english_note=_(WRITE_ENGLISH) if is_prose and is_other_language() else "",
        letter=present_letter(letter) if letter is not None else None,
        read_address=_read_address(posted, page),
        to_correct=(form,) if form is not None else (),
        carried=carried(posted, Memory(Step.FACTS, page.id, returns), is_shown=_shown(shown)),
        place=(posted.pages.index(page) + 1 + before, len(posted.pages) + before),
        returns=returns,
        takes_focus=aim not in shown.fields,
        is_sensitive=posted.speaks_of_suicide,
    )


def papers_screen(posted: Posted, case: LetterCase, *, returns: bool | None = None) -> Screen:
    """Which papers are on hand, those of the reasons first."""
    returns = posted.memory.returns if returns is None else returns
    useful, others = useful_papers(case), other_papers(case)
    form = posted.papers_form((*useful, *others))
    return Screen(
        template="appeals/letters/_papers.html",
        title=_(TITLES[Step.PAPERS]),
        at=Step.PAPERS,
        papers=present_papers(form, useful),
        other_papers=present_papers(form, others),
        is_unfolded=bool({*others} & posted.papers),
        carried=carried(posted, Memory(Step.PAPERS, returns=returns), is_shown=_shown(form)),
        returns=returns,
        is_sensitive=posted.speaks_of_suicide,
    )


def edit_screen(posted: Posted, case: LetterCase, *, is_open: str = "", aim: str = "") -> Screen:
    """The letter part by part; the one that `is_open` can be written in."""
    too_long = posted.too_long
    is_open = too_long.block if too_long is not None else is_open
    return Screen(
        template="appeals/letters/_edit.html",
        title=_(TITLES[Step.EDIT]),
        at=Step.EDIT,
        parts=present_parts(
            posted.composed,
            posted.edits,
            case,
            is_open=is_open,
            aim=aim,
            labels={one.id: one.label for one in in_page_language(posted).gaps},
            age=posted.age,
        ),
        is_reviewed=LetterSheet(posted.content).is_reviewed,
        cautions=on_signing(posted, posted.voice),
        english_note=_(WRITE_ENGLISH) if is_open and is_other_language() else "",
        has_answer=posted.checked is not None,
        gaps=missing(posted),
        contrary=present_contrary(case),
        too_long=too_long,
        carried=carried(posted, Memory(Step.EDIT, is_open), is_shown=f"{TEXT}{is_open}".__eq__),
        takes_focus=not (is_open or aim),
        is_sensitive=posted.speaks_of_suicide,
    )


def finish_screen(posted: Posted, *, refused: tuple[tuple[str, str], ...] = ()) -> Screen:
    """What can be taken away; `refused` are the files that could not go into the packet."""
    is_draft = posted.content.is_draft
    return Screen(
        template="appeals/letters/_finish.html",
        title=_(DRAFT_TITLE if is_draft else TITLES[Step.FINISH]),
        at=Step.FINISH,
        finish=present_finish(posted.content, cautions=cautions(posted)),
        hurry=hurry(posted.case) if posted.case is not None else "",
        cautions=before_signing(posted),
        refused=refused,
        has_denial=posted.denied is not None,
        has_answer=posted.checked is not None,
        carried=carried(posted, Memory(Step.FINISH)),
        takes_focus=not refused,
        is_sensitive=posted.speaks_of_suicide,
    )


def own_sheets(posted: Posted) -> tuple[Sheet, ...]:
    """The writer's own sheet, in the language of the page."""
    if posted.case is None:
        return ()
    parts = present_parts(posted.composed, posted.edits, posted.case)
    return sheets(
        posted.case,
        posted.content,
        missing=tuple(one.label for one in missing(posted)),
        own_words=tuple(one.name for one in parts if one.is_authors and not one.is_left_out),
        cautions=(*before_signing(posted), *cautions(posted)),
        hurry=hurry(posted.case),
        shows_help_line=posted.speaks_of_suicide,
    )


def _read_address(posted: Posted, page: Page) -> AddressView | None:
    """An address that we read, where one is typed."""
    if posted.bare is None or "plan_address" not in page.names:
        return None
    found = address_for_letter(posted.bare, posted.catalogue())
    return present_address(found, on=posted.on) if found is not None else None


def _settled(posted: Posted, page: Page) -> tuple[tuple[str, str], ...]:
    """What the way from a denial had confirmed, and where it belongs."""
    denied = posted.denied
    if page.id != "denial" or denied is None or denied.denial.notice.notice_on is None:
        return ()
    return ((_("The date printed on the notice"), date(denied.denial.notice.notice_on)),)


def _shown(form: forms.Form) -> Callable[[str], bool]:
    names: Iterable[str] = {field.html_name for field in form}
    return {*names}.__contains__
