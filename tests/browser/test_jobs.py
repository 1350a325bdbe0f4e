"""Jobs in a real browser, with and without JavaScript: an import, its files, and a data deletion, by keyboard."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, check_looks, sign_in
from tests.browser.test_event_trackers import has_scripts

GROUP = "/local/dataset-groups/loyalty-programme/"
CSV = (
    "USER_ID,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\n"
    "walker-1,NULL,1600000000,12.5,true\n"
    "walker-2,Basic,1600000001,0,false\n"
)


def expect_status(page: Page, status: str) -> None:
    """Wait until a job has a status: its page asks by itself, or is reloaded as a person would."""
    for _ in range(40):
        if has_scripts(page) or page.get_by_text(status, exact=True).count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.get_by_text(status, exact=True)).to_be_visible()


def test_users_are_imported_from_a_file_and_deleted_again(visitor: Page, tmp_path: Path) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(f"{GROUP}datasets/users/")
    page.get_by_role("button", name="Modify dataset").press("Enter")
    page.get_by_text("Create dataset import job").press("Enter")
    page.get_by_label("A location in Amazon S3").check()
    expect(page.get_by_label("Data location")).to_be_visible()
    expect(page.get_by_label("CSV", exact=True)).to_be_hidden()
    page.get_by_label("A CSV file from this computer").check()
    scripts = page.get_by_label("Choose file").is_visible()
    name = f"walk-{'with' if scripts else 'without'}-scripts"
    if scripts:
        wrong, right = tmp_path / "wrong.csv", tmp_path / "users.csv"
        wrong.write_bytes(b"\xff\xfe\x00")
        page.get_by_label("Choose file").set_input_files(wrong)
        expect(page.get_by_text("This file is not text in UTF-8.")).to_be_visible()
        right.write_text(CSV)
        page.get_by_label("Choose file").set_input_files(right)
        expect(page.get_by_text("This file is not text in UTF-8.")).to_be_hidden()
        expect(page.get_by_label("CSV", exact=True)).to_have_value(CSV)
    else:
        page.get_by_label("CSV", exact=True).fill(CSV)
    page.get_by_label("Job name").fill("my walk")
    page.get_by_label("Job name").press("Enter")
    expect(page.get_by_text("Expected only a-z, A-Z, 0-9, _ and -; found a space.")).to_be_visible()
    expect(page.get_by_label("Job name")).to_be_focused()
    page.get_by_label("Job name").fill(name)
    page.get_by_label("Job name").press("Enter")
    expect(page.get_by_text(f"The dataset import job {name} was created.")).to_be_visible()
    expect_status(page, "Active")
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name=f"{name}.warnings.txt").press("Enter")
    assert "Missing values as text: 1" in Path(download.value.path()).read_text()
    if scripts:
        check_looks(page, "the job", "light", WIDE)

    page.get_by_role("link", name="Data deletion jobs").press("Enter")
    page.get_by_role("link", name="Create data deletion job").first.press("Enter")
    page.get_by_label("Job name").fill(name)
    page.get_by_label("User IDs", exact=True).fill("walker-1\nwalker-2")
    page.get_by_role("button", name="Create data deletion job").press("Enter")
    confirmation = page.get_by_label("Type loyalty-programme to confirm")
    expect(confirmation).to_be_focused()
    confirmation.fill("loyalty-programme")
    confirmation.press("Enter")
    expect(page.get_by_text(f"The data deletion job {name} was created for 2 users.")).to_be_visible()
    expect_status(page, "Completed")
    page.get_by_role("link", name="Data deletion jobs").first.press("Enter")
    expect(page.get_by_role("row", name=f"{name} Completed")).to_be_visible()
    page.goto(f"{GROUP}datasets/users/?filter=walker-")
    expect(page.get_by_text("in any field.")).to_be_visible()
