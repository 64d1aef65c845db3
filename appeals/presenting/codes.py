"""The codes on a payment notice, in our own short words; a code alone settles nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.denied import DeniedCase
from appeals.law.codes import CodeHint, CodeKind, code_hint, codes, remark_hint
from appeals.law.reasons import ReasonId, denial_reason
from policies.language import said

CONTRACT_ADJUSTMENT = N_("This takes off what the contract does not pay. It is no denial.")
# Such a code is known when it is read, and never printed.
OLD = N_("One code is no longer in use. Ask the plan which one it means today.")
NO_WORDS = N_("We hold no words for this code. Ask the plan what it means.")


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code, empty where it is not printed, and what it may stand for."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class CodesView:
    """The codes of the notice, and what holds for all of them."""

    codes: tuple[CodeView, ...]
    rules: tuple[str, ...]


def present_codes(case: DeniedCase) -> CodesView:
    """What the codes hint at."""
    hints = [code_hint(one) for one in case.denial.carc]
    hints += [remark_hint(one) for one in case.denial.rarc]
    return CodesView(
        codes=tuple(_present(one) for one in hints),
        rules=tuple(said(one) for one in codes().rules) if hints else (),
    )


def _present(hint: CodeHint) -> CodeView:
    if hint.kind is CodeKind.CONTRACT_ADJUSTMENT:
        return CodeView(hint.code, _(CONTRACT_ADJUSTMENT))
    if hint.kind is CodeKind.OLD:
        return CodeView("", _(OLD))
    remark = codes().remarks.get(hint.code, "")
    texts = [said(remark), *(_meaning(hint.code, one) for one in hint.reasons)]
    text = "; ".join(one for one in texts if one)
    if not text:
        return CodeView(hint.code, _(NO_WORDS))
    if hint.wants_remark:
        text = _("%(text)s. It has to come with a remark code: ask for it.") % {"text": text}
    return CodeView(hint.code, text)


def _meaning(code: str, reason_id: ReasonId) -> str:
    """The reason that a code may stand for, with what the code says of it."""
    reason = denial_reason(reason_id)
    means = next((one.means for one in reason.carc if one.code == code), "")
    return f"{said(reason.label)} ({said(means)})" if means else said(reason.label)
