"""Addresses of the check and of the open list of policies."""

from django.urls import path

from policies.views import catalogue, check, coverage_map, open_data

app_name = "policies"

urlpatterns = [
    path("check/", check.check_coverage, name="check"),
    path("check/so-far/", check.show_so_far, name="so_far"),
    path("check/my-answers.json", check.save_answers, name="save"),
    path("policies/", catalogue.list_policies, name="list"),
    path("policies/<slug:insurer_slug>/<slug:policy_slug>/", catalogue.show_policy, name="detail"),
    path(
        "policies/<slug:insurer_slug>/<slug:policy_slug>/editions/<slug:key>/",
        catalogue.show_edition,
        name="edition",
    ),
    path(
        "policies/<slug:insurer_slug>/<slug:policy_slug>/changes/<slug:older>/<slug:newer>/",
        catalogue.show_changes,
        name="changes",
    ),
    path("map/", coverage_map.show_map, name="map"),
    path("insurers/<slug:insurer_slug>/", coverage_map.show_insurer, name="insurer"),
    path("states/", coverage_map.list_states, name="states"),
    path("states/<slug:code>/", coverage_map.show_state, name="state"),
    path("data/", open_data.show_dataset, name="data"),
]
