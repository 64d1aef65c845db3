"""What we say when an upload can't be read, and what to do instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from appeals.notices.pages import Refusal

REFUSALS: dict[Refusal, str | Promise] = {
    Refusal.TOO_LARGE: gettext_lazy(
        "The file is larger than 10 MB. Send only the pages of the letter, or save the picture "
        "in a smaller size."
    ),
    Refusal.NOT_A_LETTER: gettext_lazy(
        "We can read a PDF, a JPEG picture or a PNG picture, and this file is none of them. Take "
        "a screenshot of the letter or save it as a PDF, or type in what the letter says."
    ),
    Refusal.ENCRYPTED: gettext_lazy(
        "The file is locked with a password. Save a copy without the password, or type in what "
        "the letter says."
    ),
    Refusal.BROKEN: gettext_lazy(
        "The file is damaged or made in a way we can't read. Save it again or take a photo of the "
        "letter, or type in what the letter says."
    ),
    Refusal.TOO_MANY_PAGES: gettext_lazy(
        "The file has more than 12 pages. Send only the pages that tell the decision, the reasons "
        "and how to appeal."
    ),
    Refusal.TOO_MANY_PIXELS: gettext_lazy(
        "The picture has more than 40 million dots. Save it in a smaller size, or take a "
        "screenshot of it and send that."
    ),
    Refusal.TOOK_TOO_LONG: gettext_lazy(
        "Reading the file took too long, so we stopped. Send fewer pages or a clearer picture, or "
        "type in what the letter says."
    ),
    Refusal.NO_TEXT: gettext_lazy(
        "We found no words in the file. Take a photo from straight above in good light, with the "
        "whole page in view, or type in what the letter says."
    ),
    Refusal.BUSY: gettext_lazy(
        "We are reading other letters at the moment. Try again in a minute, or type in what the "
        "letter says."
    ),
    Refusal.NO_READER: gettext_lazy(
        "We can't read pictures of letters at the moment. Send the letter as a PDF with text, or "
        "type in what the letter says."
    ),
}
