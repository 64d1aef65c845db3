"""Addresses of the check and of the open list of policies."""

from django.urls import path

from policies.views import catalogue, check

app_name = "policies"

urlpatterns = [
    path("check/", check.check_coverage, name="check"),
    path("policies/", catalogue.list_policies, name="list"),
    path("policies/<slug:insurer_slug>/<slug:policy_slug>/", catalogue.show_policy, name="detail"),
]
