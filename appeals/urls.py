"""Addresses of what can be taken away from a check."""

from django.urls import path

from appeals import views

app_name = "appeals"

urlpatterns = [
    path("check/doctor-page.pdf", views.show_doctor_page, name="doctor_page"),
    path("check/log-sheet.pdf", views.show_log_sheet, name="log_sheet"),
]
