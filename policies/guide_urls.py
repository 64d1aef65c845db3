"""Addresses of the guide: one for each page, named by its slug."""

from django.urls import path

from policies import guide
from policies.views.guide import list_pages, show_page

app_name = "guide"

urlpatterns = [
    path("", list_pages, name="list"),
    *(path(f"{slug}/", show_page, {"slug": slug}, name=slug) for slug in guide.pages()),
]
