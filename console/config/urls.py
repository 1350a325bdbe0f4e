"""Every address of the console but /aws, which is the local service's: see `console/config/wsgi.py`."""

from django.contrib import admin
from django.urls import path, register_converter

from console.pages.account import sign_in
from console.pages.frame import error_pages, former_addresses, registry
from console.pages.frame.address_names import (
    DatasetGroupName,
    EntityName,
    EnvironmentName,
    EventTrackerId,
    JobName,
    PersonKey,
    SchemaName,
)

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error

register_converter(EnvironmentName, "environment")
register_converter(DatasetGroupName, "group")
register_converter(EntityName, "entity")
register_converter(EventTrackerId, "tracker")
register_converter(JobName, "job")
register_converter(PersonKey, "person")
register_converter(SchemaName, "schema")

urlpatterns = [
    *registry.urlpatterns(),
    *former_addresses.urlpatterns(),
    path("admin/login/", sign_in.admin_sign_in),
    path("admin/logout/", sign_in.sign_out),
    path("admin/", admin.site.urls),
]
