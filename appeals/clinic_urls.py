"""Addresses of the clinics' workspace; each names its clinic, and none has a Spanish twin."""

from django.urls import path

from appeals.views.clinics import front

app_name = "clinics"

urlpatterns = [
    path("", front.list_clinics, name="list"),
    path("<uuid:clinic_id>/", front.show_clinic, name="clinic"),
]
