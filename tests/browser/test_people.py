"""People and Environments in a real browser: an invitation by its link, and checks that are run on request."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, WIDE, Watched, check_axe, check_looks, page_as_wide, sign_in
from tests.support.served import Served


def test_an_invited_person_sets_a_password_by_the_link(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", WIDE)
    sign_in(page, "administrator")
    page.goto("/people/")
    check_looks(page, "/people/", "light", WIDE)
    page.get_by_role("link", name="Invite person").click()
    check_looks(page, "Invite person", "light", WIDE)
    page.get_by_label("Username").fill("ada")
    page.keyboard.press("Enter")
    link = page.locator(".password-link .copied-text").inner_text()
    check_looks(page, "the link", "light", WIDE)
    person = page_as_wide(browser, served, faults, "dark", NARROW)
    person.goto(link)
    expect(person.get_by_label("Link")).to_have_value(link.partition("#")[2])
    assert person.url == f"{served.url}/set-password/"
    check_axe(person)
    person.get_by_label("New password", exact=True).fill("Kd83-long-enough")
    person.get_by_label("New password again").fill("Kd83-long-enough")
    person.keyboard.press("Enter")
    expect(person.get_by_text("The password of ada is set.")).to_be_visible()
    page.goto("/people/?filter=ada")
    page.get_by_role("link", name="ada", exact=True).click()
    check_looks(page, "the person", "light", WIDE)
    page.get_by_role("button", name="Deactivate").press("Enter")
    expect(page.get_by_text("ada is deactivated.")).to_be_visible()
    page.context.close()
    person.context.close()
    assert faults == []


def test_people_need_no_scrolling_sideways(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", 1300)
    sign_in(page, "administrator")
    page.goto("/people/")
    assert page.locator(".table-scroll").evaluate("table => table.scrollWidth - table.clientWidth") == 0
    # Also of somebody who sees some of several environments.
    names = page.get_by_role("row", name="viewer").get_by_role("cell").nth(4)
    names.evaluate("cell => { cell.textContent = 'Production, Archive, Staging of the shop, Local service'; }")
    assert page.locator(".table-scroll").evaluate("table => table.scrollWidth - table.clientWidth") == 0
    page.context.close()
    assert faults == []


def test_the_checks_of_an_environment_come_beside_it(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", WIDE)
    sign_in(page, "administrator")
    page.goto("/environments/")
    of_environment = page.get_by_role("region", name="Local service", exact=True)
    of_environment.get_by_role("button", name="Run checks").press("Enter")
    expect(of_environment.get_by_text("Everything that was tried works")).to_be_visible()
    expect(of_environment.get_by_role("cell", name="personalize:ListDatasetGroups")).to_be_visible()
    check_looks(page, "/environments/", "light", WIDE)
    page.context.close()
    assert faults == []
