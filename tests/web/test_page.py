"""The page of the playground in a real browser, from the first run to a training and single numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from runs.labelled_run import train_labelled
from runs.prepared import prepared
from runs.small import NAMES

from moregrad.runs import Run
from moregrad.web import Playground
from web.client import Client, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The client of a server with two runs, and one whose words have labels."""
    playground = Playground(home=tmp_path_factory.mktemp("home") / "runs")
    playground.runs.add("small", prepared("gru", hidden=8, embedding=4))
    playground.runs.add("counts", prepared("ngram", order=3))
    playground.runs.add("kinds", train_labelled())
    with serving(playground) as asked:
        yield asked


@pytest.fixture
def page(browser: "Browser", client: Client) -> "Iterator[Page]":
    """The page, opened; whatever it complains of fails the test."""
    page, complaints = browser.new_page(), []
    page.on("console", lambda message: complaints.extend([message.text] * (message.type == "error")))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(client.server.url)
    yield page
    page.close()
    assert complaints == []


def test_a_run_is_looked_at(page: "Page"):
    page.locator("#words .words li").nth(4).wait_for()
    page.locator("#score input").fill("NINA ")
    page.locator("#score .figures").get_by_text("nats").wait_for()
    page.locator("#score .letters").get_by_text("n", exact=True).first.wait_for()
    page.locator("#following li button").first.click()
    assert page.locator("#score input").input_value() != "nina"
    assert page.locator("#map svg").count() == 1
    page.locator("#provenance").get_by_text("gru").wait_for()


def test_an_error_is_told_where_it_was_made(browser: "Browser", client: Client):
    # The browser notes the answer as a complaint of its own, which `page` would fail for.
    page = browser.new_page()
    page.goto(client.server.url)
    page.locator("#words .words li").first.wait_for()
    page.locator("#score input").fill("qq")
    page.locator("#score .figures").get_by_text("is not in the vocabulary").wait_for()
    page.close()


def test_runs_are_put_side_by_side(page: "Page"):
    for name in ("small", "counts"):
        page.get_by_label(f"Put {name} side by side").press("Space")
    assert page.get_by_label("Put counts side by side").evaluate("each => each === document.activeElement")
    page.locator("#compare").get_by_label("A word").fill("Nina")
    page.locator("#compare article").nth(1).get_by_text("nats a letter").wait_for()
    page.locator("#compare article li").nth(5).wait_for()
    page.get_by_label("Put counts side by side").uncheck()
    page.locator("#compare").wait_for(state="hidden")


def test_words_with_labels_are_made_by_label(page: "Page"):
    page.get_by_label("Look at kinds").check()
    choice = page.locator("#words").get_by_label("Label")
    choice.wait_for()
    options = choice.locator("option").all_inner_texts()
    assert (options[0], len(options)) == ("any", 3)
    choice.select_option(options[1])
    page.locator("#words .words li").first.wait_for()
    assert page.locator("#words").get_by_label("Label").input_value() == options[1]


def test_a_list_is_given_trained_on_stopped_and_trained_further(page: "Page", client: Client, tmp_path: Path):
    path = tmp_path / "<b>towns.txt"
    path.write_text("\n".join(NAMES))
    page.set_input_files("#file", path)
    page.locator("#list").get_by_text("<b>towns.txt: 24 read, 24 words kept").wait_for()
    page.get_by_label("Model").select_option("gru")
    page.get_by_label("Steps", exact=True).fill("6000")
    page.locator("#train").get_by_role("button", name="Train").click()
    told = page.locator("#live [role=status]")
    told.get_by_text("of 6,000").wait_for(timeout=120_000)
    assert page.locator("#live svg.map text").count() > 5
    page.locator("#live").get_by_role("button", name="Stop").click()
    told.get_by_text("Stopped at step").wait_for(timeout=60_000)
    page.locator("#live").get_by_role("button", name="Resume").click()
    told.get_by_text("Finished").wait_for(timeout=120_000)
    run = client.get("/api/runs").json["runs"][-1]
    assert (run["name"], run["step"]) == ("gru-b-towns-txt-1", 6000)
    page.locator("#provenance").get_by_text("uploaded as <b>towns.txt").wait_for()
    page.reload()
    listed = page.get_by_label("List", exact=True)
    listed.locator("option", has_text="upload-1: <b>towns.txt").wait_for(state="attached")
    assert listed.input_value() == "first-names"


def test_an_expression_is_swept_backward_and_the_moons_are_trained(page: "Page"):
    page.get_by_role("tab", name="Words").press("ArrowRight")
    page.locator("#graph svg").wait_for()
    page.get_by_role("button", name="Last").click()
    page.locator("#graph [role=status]").get_by_text("Step 4 of 4").wait_for()
    assert page.locator("#graph svg").get_by_text("-8.0000").count() == 1
    page.get_by_label("Lines of arithmetic").fill("a = 3\na ** 2")
    page.get_by_role("button", name="Compute").click()
    page.locator("#graph caption").get_by_text("The result is 9").wait_for()
    page.get_by_label("Lines of arithmetic").fill("2 ** -30")
    page.get_by_role("button", name="Compute").click()
    page.locator("#graph .note").get_by_text("The result is 9.313226e-10. Give numbers a name").wait_for()
    page.locator("#moons [role=status]").get_by_text("Step 0").wait_for()
    page.locator("#moons").get_by_role("button", name="One step").click()
    page.locator("#moons [role=status]").get_by_text("Step 1:").wait_for()
    page.locator("#moons").get_by_role("button", name="Train").click()
    page.locator("#moons [role=status]").get_by_text("100 of 100 right").wait_for(timeout=60_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(browser: "Browser", client: Client, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    page.goto(client.server.url)
    page.locator("#words .words li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("tab", name="Single numbers").click()
    page.locator("#graph svg").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_the_token_is_taken_out_of_the_address(browser: "Browser", home: Path, small: Run):
    playground = Playground(home=home)
    playground.runs.add("small", small)
    with serving(playground, token="a secret+") as client:
        page = browser.new_page()
        page.goto(client.server.url)
        page.locator("#words .words li").first.wait_for()
        assert page.url == f"http://127.0.0.1:{client.server.port}/"
        page.reload()
        page.locator("#words .words li").first.wait_for()
        page.close()


def test_without_the_token_the_page_says_so(browser: "Browser", home: Path):
    with serving(Playground(home=home), token="secret") as client:
        page = browser.new_page()
        page.goto(client.server.url.partition("#")[0])
        page.get_by_role("alert").get_by_text("the token is missing or wrong").wait_for()
        page.close()


def test_the_end_of_the_server_is_told(browser: "Browser", tmp_path: Path):
    page = browser.new_page()
    with serving(Playground(home=tmp_path / "runs")) as client:
        page.goto(client.server.url)
        page.get_by_label("Model").select_option("bigram")
        page.get_by_label("Steps", exact=True).fill("20000")
        page.locator("#train").get_by_role("button", name="Train").click()
        page.locator("#live [role=status]").get_by_text("of 20,000").wait_for(timeout=60_000)
    page.locator("#live [role=status]").get_by_text("Stopped at step").wait_for()
    page.locator("#live").get_by_role("button", name="Resume").click()
    page.locator("#live [role=status]").get_by_text("The server does not answer").wait_for()
    page.close()
