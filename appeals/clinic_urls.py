"""Addresses of the clinics' workspace; each names its clinic, and none has a Spanish twin."""

from django.urls import URLPattern, URLResolver, include, path

from appeals.views.clinics import (
    beginning,
    blocks,
    bulk,
    calendar,
    cases,
    front,
    invitations,
    keeping,
    log,
    moves,
    numbers,
    patient_records,
    patients,
    printing,
    settings,
    work_list,
)

app_name = "clinics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.list_clinics, name="list"),
    path("duties/", keeping.show_duties, name="duties"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("<uuid:clinic_id>/calendar/", calendar.calendar_page, name="calendar"),
    path("<uuid:clinic_id>/", work_list.work_list, name="clinic"),
    path("<uuid:clinic_id>/search/", work_list.search, name="search"),
    path("<uuid:clinic_id>/views/", work_list.save_view, name="view_save"),
    path("<uuid:clinic_id>/views/delete/", work_list.delete_view, name="view_delete"),
    path("<uuid:clinic_id>/ticked/", bulk.bulk, name="bulk"),
    path("<uuid:clinic_id>/ticked/withdraw/", bulk.withdraw_cases, name="withdraw"),
    path("<uuid:clinic_id>/numbers/", numbers.numbers, name="numbers"),
    path("<uuid:clinic_id>/numbers/inside.csv", numbers.export_numbers, name="numbers_file"),
    path("<uuid:clinic_id>/numbers/share/", numbers.share_numbers, name="numbers_share"),
    path("<uuid:clinic_id>/numbers/shared.csv", numbers.export_shared, name="numbers_shared_file"),
    path("<uuid:clinic_id>/cases/new/", beginning.begin, name="begin"),
    path("<uuid:clinic_id>/cases/<uuid:case_id>/", cases.case_page, name="case"),
    path("<uuid:clinic_id>/cases/<uuid:case_id>/", include("appeals.case_urls")),
    path("<uuid:clinic_id>/blocks/", blocks.blocks, name="blocks"),
    path("<uuid:clinic_id>/blocks/<int:block_id>/", blocks.block, name="block"),
    path(
        "<uuid:clinic_id>/blocks/<int:block_id>/delete/", blocks.block_delete, name="block_delete"
    ),
    path(
        "<uuid:clinic_id>/cases/<uuid:case_id>/checklist/",
        cases.case_checklist,
        name="case_checklist",
    ),
    path("<uuid:clinic_id>/cases/<uuid:case_id>/note/", cases.case_note, name="case_note"),
    path("<uuid:clinic_id>/cases/<uuid:case_id>/due/", cases.case_due, name="case_due"),
    path("<uuid:clinic_id>/cases/<uuid:case_id>/seen/", cases.case_seen, name="case_seen"),
    path(
        "<uuid:clinic_id>/cases/<uuid:case_id>/continue/",
        cases.case_continue,
        name="case_continue",
    ),
    path(
        "<uuid:clinic_id>/cases/<uuid:case_id>/happened/<slug:kind>/",
        moves.case_happened,
        name="case_happened",
    ),
    path(
        "<uuid:clinic_id>/cases/<uuid:case_id>/happened/<slug:kind>/follows/",
        moves.case_follows,
        name="case_follows",
    ),
    path(
        "<uuid:clinic_id>/patients/<uuid:patient_id>/",
        patients.patient_page,
        name="patient",
    ),
    path(
        "<uuid:clinic_id>/patients/<uuid:patient_id>/record/",
        patient_records.take_record,
        name="patient_record",
    ),
    path(
        "<uuid:clinic_id>/patients/<uuid:patient_id>/hold/",
        patient_records.hold,
        name="patient_hold",
    ),
    path(
        "<uuid:clinic_id>/patients/<uuid:patient_id>/delete/",
        patient_records.delete,
        name="patient_delete",
    ),
    path(
        "<uuid:clinic_id>/patients/<uuid:patient_id>/join/<uuid:other_id>/",
        patient_records.join,
        name="patient_join",
    ),
    path("<uuid:clinic_id>/old-cases/", keeping.show_old, name="old_cases"),
    path("<uuid:clinic_id>/log/", log.show_log, name="log"),
    path("<uuid:clinic_id>/log/access-log.csv", log.export_log, name="log_file"),
    path("<uuid:clinic_id>/log/people/", log.show_events, name="people_log"),
    path("<uuid:clinic_id>/settings/", settings.clinic_settings, name="settings"),
    path(
        "<uuid:clinic_id>/settings/clinicians/new/",
        settings.add_clinician_page,
        name="clinician_add",
    ),
    path(
        "<uuid:clinic_id>/settings/clinicians/<uuid:clinician_id>/",
        settings.clinician,
        name="clinician",
    ),
    path(
        "<uuid:clinic_id>/settings/clinicians/<uuid:clinician_id>/end/",
        settings.clinician_end,
        name="clinician_end",
    ),
    path("<uuid:clinic_id>/settings/members/<int:member_id>/", settings.member, name="member"),
    path(
        "<uuid:clinic_id>/settings/members/<int:member_id>/end/",
        settings.member_end,
        name="member_end",
    ),
    path("<uuid:clinic_id>/settings/invitations/", invitations.invite_page, name="invite"),
    path(
        "<uuid:clinic_id>/settings/invitations/<int:invitation_id>/again/",
        invitations.invitation_again,
        name="invitation_again",
    ),
    path(
        "<uuid:clinic_id>/settings/invitations/<int:invitation_id>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("<uuid:clinic_id>/print/", printing.print_letters, name="print"),
    path("<uuid:clinic_id>/print/cases/", printing.print_cases, name="print_cases"),
    path("<uuid:clinic_id>/print/<uuid:batch_id>/", printing.show_batch, name="batch"),
    path("<uuid:clinic_id>/print/<uuid:batch_id>/file/", printing.take_file, name="batch_file"),
    path("<uuid:clinic_id>/print/<uuid:batch_id>/drop/", printing.drop_batch, name="batch_drop"),
]
