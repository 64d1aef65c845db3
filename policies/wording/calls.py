"""What to say to the plan on the phone: a short script, one question after another."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.check import Answer
from policies.situation import LineOfBusiness
from policies.wording.voices import voice_for


@dataclass(frozen=True, slots=True)
class CallScript:
    """How to begin, and what to ask; each question has an answer to write down."""

    opening: str
    questions: tuple[str, ...]


def call_script(answer: Answer, about: str) -> CallScript:
    """A call that gets the plan's rule in writing; `about` is the treatment and what it is for."""
    plan = _(voice_for(answer.situation.asker).my_plan)
    found = answer.headline
    if found is None:
        rule = (
            _("Do you have a written policy or criteria for it? What is its number and its date?"),
            _("Can you send me a copy?"),
        )
        codes: tuple[str, ...] = ()
    else:
        name = found.applied.document.number or found.applied.document.title
        rule = (
            _("I have seen “%(name)s”. Is it in force for this plan? Is there a newer one?")
            % {"name": name},
            _("Can you send me the whole of it?"),
        )
        position = found.answer.positions[0].position if found.answer.positions else None
        codes = () if position is None else (*position.codes.hcpcs, *position.codes.cpt)
    return CallScript(
        opening=_("I would like to know whether %(plan)s covers %(about)s.")
        % {"plan": plan, "about": about},
        questions=(
            *rule,
            _("Are these the right billing codes: %(codes)s?") % {"codes": ", ".join(codes)}
            if codes
            else _("Which billing codes does the plan want for it?"),
            _("Is prior authorization required? Who decides, and where are the papers sent?"),
            _exclusion(answer),
            _("May I have your name, and a reference number for this call?"),
        ),
    )


def _exclusion(answer: Answer) -> str:
    plan = answer.situation.plan
    may_be_self_funded = (
        plan.line_of_business in (LineOfBusiness.COMMERCIAL, None) and plan.funding is None
    )
    questions = [_("Does the plan exclude this treatment?")]
    if may_be_self_funded:
        questions.append(_("Does the employer pay the claims itself?"))
    return " ".join(questions)
