"""Addresses for programs, which are the same in every language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from policies.sitemaps import SITEMAPS
from policies.views import open_data, questionnaires

app_name = "open"

urlpatterns = [
    path("robots.txt", open_data.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("data/policies.json", open_data.download_file, {"name": "policies.json"}, name="json"),
    path("data/policies.csv", open_data.download_file, {"name": "policies.csv"}, name="csv"),
    path("fhir/Questionnaire/<str:name>", questionnaires.show_questionnaire, name="questionnaire"),
    path("data/<str:name>", open_data.download_file, name="file"),
]
