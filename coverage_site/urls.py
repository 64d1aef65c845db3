"""The site's addresses; each app lists its own. English has no prefix, Spanish has /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from coverage_site.api.pages import show_api, show_openapi
from coverage_site.api.site import api
from coverage_site.sign_in.views import sign_in_to_desk
from policies.views.check import home

handler500 = "coverage_site.faults.server_error"
handler429 = "coverage_site.sign_in.views.too_many_tries"  # allauth looks for it here

urlpatterns = [
    # The desk's own pages for this know nothing of second factors and wrong tries.
    path("admin/login/", sign_in_to_desk, name="desk_sign_in"),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="desk_password",
    ),
    path("account/", include("coverage_site.sign_in.urls")),
    path("admin/", admin.site.urls),
    path("clinics/", include("appeals.clinic_urls")),
    path("api/v1/", show_api, name="api-page"),
    path("api/v1/openapi.json", show_openapi, name="api-openapi"),
    path("api/v1/", api.urls),
    path("", include("policies.hooks.urls")),
    path("", include("policies.open_urls")),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include("policies.urls")),
        path("guide/", include("policies.guide_urls")),
        path("", include("appeals.urls")),
        prefix_default_language=False,
    ),
]
