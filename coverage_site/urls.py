"""The site's addresses; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

from policies.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("policies.urls")),
    path("admin/", admin.site.urls),
]
