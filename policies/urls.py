"""Addresses of the check and of the open list of policies."""

from django.urls import path

from policies import views

app_name = "policies"

urlpatterns = [
    path("check/", views.check_coverage, name="check"),
    path("policies/", views.list_policies, name="list"),
    path("policies/<slug:insurer_slug>/<slug:policy_slug>/", views.show_policy, name="detail"),
]
