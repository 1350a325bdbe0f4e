"""Every address of the console but /aws, which is the local service's: see `console/config/wsgi.py`."""

from django.contrib import admin
from django.urls import path, register_converter

from console.pages.account import change_password, settings_page, sign_in, sign_in_with_provider
from console.pages.datasets import (
    create_dataset,
    create_dataset_group,
    dataset_group,
    dataset_groups,
    datasets,
    users_dataset,
)
from console.pages.frame import error_pages, home
from console.pages.frame.address_names import DatasetGroupName, EnvironmentName
from console.pages.health import health, metrics
from console.pages.local import reset_demo_data, simulate_responses
from console.pages.records import create_records, user_record
from console.pages.submissions import export_submissions, former_environments, submission, submissions, user_history
from console.pages.tables import table_preferences

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error

register_converter(EnvironmentName, "environment")
register_converter(DatasetGroupName, "group")

GROUP = "<environment:environment>/dataset-groups/<group:group>"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/provider/", sign_in_with_provider.sign_in_with_provider, name="sign_in_with_provider"),
    path("sign-in/provider/answer/", sign_in_with_provider.provider_answer, name="provider_answer"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("former-environments/", former_environments.former_environments, name="former_environments"),
    path("settings/", settings_page.settings_page, name="settings_page"),
    path("sign-out-everywhere/", settings_page.sign_out_everywhere, name="sign_out_everywhere"),
    path("change-password/", change_password.change_password, name="change_password"),
    path("table-preferences/<table>/", table_preferences.table_preferences, name="table_preferences"),
    path("admin/login/", sign_in.admin_sign_in),
    path("admin/logout/", sign_in.sign_out),
    path("admin/", admin.site.urls),
    path(
        "<environment:environment>/simulate-responses/",
        simulate_responses.simulate_responses,
        name="simulate_responses",
    ),
    path("<environment:environment>/reset-demo-data/", reset_demo_data.reset_demo_data, name="reset_demo_data"),
    path(
        "<environment:environment>/create-dataset-group/",
        create_dataset_group.create_dataset_group,
        name="create_dataset_group",
    ),
    path("<environment:environment>/dataset-groups/", dataset_groups.dataset_groups, name="dataset_groups"),
    path(f"{GROUP}/", dataset_group.dataset_group, name="dataset_group"),
    path(f"{GROUP}/datasets/", datasets.datasets, name="datasets"),
    path(f"{GROUP}/datasets/create-dataset/", create_dataset.create_dataset, name="create_dataset"),
    path(f"{GROUP}/datasets/users/", users_dataset.users_dataset, name="users_dataset"),
    path(f"{GROUP}/datasets/users/create-records/", create_records.create_records, name="create_records"),
    path(f"{GROUP}/datasets/users/user-record/", user_record.user_record, name="user_record"),
    path(f"{GROUP}/submissions/", submissions.submissions, name="submissions"),
    path(f"{GROUP}/submissions/export-submissions/", export_submissions.export_submissions, name="export_submissions"),
    path(f"{GROUP}/submissions/user-history/", user_history.user_history, name="user_history"),
    path(f"{GROUP}/submissions/<uuid:submission>/", submission.submission, name="submission"),
]
