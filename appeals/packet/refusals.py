"""What we say when a file can't go into a packet, and what to do instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from appeals.packet.parts import PacketRefusal

REFUSALS: dict[PacketRefusal, str | Promise] = {
    PacketRefusal.TOO_LARGE: gettext_lazy(
        "The file is larger than 20 MB. Save it in a smaller size, or send it apart from the "
        "packet."
    ),
    PacketRefusal.PACKET_TOO_LARGE: gettext_lazy(
        "With this file the packet would be larger than 60 MB. Save the files in a smaller size, "
        "or send this one apart from the packet."
    ),
    PacketRefusal.WRONG_TYPE: gettext_lazy(
        "A packet can hold a PDF, a JPEG picture or a PNG picture, and this file is none of them. "
        "Take a screenshot of it, or print it to a PDF."
    ),
    PacketRefusal.ENCRYPTED: gettext_lazy(
        "The file is locked with a password. Save a copy without the password."
    ),
    PacketRefusal.BROKEN: gettext_lazy(
        "The file is damaged or made in a way we can't read. Save it again, or take a photo of "
        "each page."
    ),
    PacketRefusal.SCRIPTED: gettext_lazy(
        "The file holds a program, as some forms do, and we open none. Print it to a new PDF, and "
        "add that one."
    ),
    PacketRefusal.TOO_MANY_PAGES: gettext_lazy(
        "The file has more than 100 pages. Add only the pages that prove a point, or send it "
        "apart from the packet."
    ),
    PacketRefusal.PACKET_TOO_LONG: gettext_lazy(
        "With this file the packet would have more than 200 pages. Add only the pages that prove "
        "a point, or send it apart from the packet."
    ),
    PacketRefusal.TOO_MANY_PIXELS: gettext_lazy(
        "A picture has more than 40 million dots. Save it in a smaller size, or take a screenshot "
        "of it."
    ),
    PacketRefusal.TOOK_TOO_LONG: gettext_lazy(
        "Opening the file took too long, so we stopped. Print it to a new PDF with fewer pages, "
        "and add that one."
    ),
    PacketRefusal.NOT_LISTED: gettext_lazy(
        "The letter names no enclosure to which this file belongs. Choose the enclosure again, "
        "and add the file."
    ),
    PacketRefusal.BUSY: gettext_lazy(
        "We are making other packets at the moment. Try again in a minute."
    ),
}
