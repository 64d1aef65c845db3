"""The addresses of CDS Hooks, as the specification names them: without a stroke at the end."""

from django.urls import path

from policies.hooks import views

app_name = "hooks"

urlpatterns = [
    path("cds-services", views.discover, name="discovery"),
    path("cds-services/<slug:service>", views.call_service, name="service"),
]
