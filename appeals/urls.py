"""Addresses of the way after a denial, and of what can be taken away."""

from django.urls import path

from appeals.views import denied, evidence, letters, packet, take_along

app_name = "appeals"

urlpatterns = [
    path("denied/", denied.denied, name="denied"),
    path("denied/dates.ics", denied.save_dates, name="dates"),
    path("evidence/", evidence.show_evidence, name="evidence"),
    path("letters/", letters.letters, name="letters"),
    path("letters/part/", letters.letter_part, name="letter_part"),
    path("letters/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("letters/large-print.pdf", letters.large_print, name="letter_large"),
    path("letters/letter.docx", letters.letter_word, name="letter_word"),
    path("letters/sheet.pdf", letters.own_sheet, name="letter_sheet"),
    path("letters/packet.pdf", packet.packet, name="letter_packet"),
    path("letters/reading-copy.pdf", letters.reading_copy, name="letter_reading_copy"),
    path("check/doctor-page.pdf", take_along.show_doctor_page, name="doctor_page"),
    path("check/log-sheet.pdf", take_along.show_log_sheet, name="log_sheet"),
]
