"""The site's addresses; each app lists its own. English has no prefix, Spanish has /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from policies.views.check import home

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("policies.open_urls")),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include("policies.urls")),
        path("guide/", include("policies.guide_urls")),
        path("", include("appeals.urls")),
        prefix_default_language=False,
    ),
]
