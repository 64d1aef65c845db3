"""Addresses under one case of a clinic: its record, its documents and its letters."""

from django.urls import path

from appeals.views.clinics import (
    case_record,
    document_files,
    documents,
    letter_papers,
    letter_writing,
    letters,
    signing,
)

DOCUMENT = "documents/<uuid:document_id>"
LETTER = "letters/<uuid:letter_id>"

urlpatterns = [
    path("record/", case_record.case_record, name="case_record"),
    path("documents/", documents.documents, name="documents"),
    path("documents/add/", document_files.documents_add, name="documents_add"),
    path("documents/save/", documents.documents_save, name="documents_save"),
    path(f"{DOCUMENT}/", document_files.document, name="document"),
    path(f"{DOCUMENT}/file/", document_files.document_file, name="document_file"),
    path(f"{DOCUMENT}/remove/", document_files.document_remove, name="document_remove"),
    path("letters/", letters.letters, name="letters"),
    path(f"{LETTER}/", letter_writing.letter, name="letter"),
    path(f"{LETTER}/part/", letter_writing.letter_part, name="letter_part"),
    path(f"{LETTER}/again/", letters.letter_again, name="letter_again"),
    path(f"{LETTER}/discard/", letters.letter_discard, name="letter_discard"),
    path(f"{LETTER}/sign/", signing.letter_sign, name="letter_sign"),
    path(f"{LETTER}/letter.pdf", letter_papers.letter_pdf, name="letter_pdf"),
    path(f"{LETTER}/letter.docx", letter_papers.letter_word, name="letter_word"),
    path(f"{LETTER}/packet.pdf", letter_papers.letter_packet, name="letter_packet"),
    path(f"{LETTER}/pages/<int:page>.png", letter_papers.letter_page, name="letter_page"),
]
