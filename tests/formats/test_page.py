"""The page of a run: what it says is what Python says, whatever the words are; it can be read, heard and typed into."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from runs.labelled_run import train_labelled
from runs.prepared import prepared
from runs.small import NAMES, SMALL

import moregrad
from formats.opened import SAID, ask, opened, written
from moregrad.formats.page import bundle, make_page, read, to_json
from moregrad.runs import Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "{{script}}",
    "&amp;",
    "\"quoted'",
    "a\\b",
    "<!--",
    "]]>",
]
HEBREW, ARABIC = ["שרה", "רחל", "לאה", "מרים"], ["مريم", "فاطمة", "زينب", "ليلى"]
GREEK, JAPANESE = ["Ελένη", "Γιώργος", "Σωκράτης"], ["さくら", "陽菜", "美咲", "蓮"]
COUNT = 4000
"""Words that are compared with as many of Python's."""

MARKS = ["नमिता", "e\u0301\u0323a", "ab c"]


@pytest.fixture(scope="module")
def run() -> Run:
    """A small run, trained."""
    return moregrad.train(NAMES, "gru", **SMALL)


@pytest.fixture(scope="module")
def path(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    return written(run, tmp_path_factory.mktemp("page"))


@pytest.fixture
def page(browser: "Browser", path: Path) -> "Iterator[Page]":
    with opened(browser, path) as page:
        yield page


@pytest.mark.parametrize("model", ["gru", "ngram", "stack"])
@pytest.mark.parametrize(("half", "close"), [(False, 1e-5), (True, 1e-3)])
def test_the_page_scores_as_python_does(browser: "Browser", tmp_path: Path, model: str, half: bool, close: float):
    run = prepared(model)
    words = [*NAMES[:6], "tadab", "b", "aaaa"]
    with opened(browser, written(run, tmp_path, half=half)) as page:
        for word in words:
            here, there = run.explain(word).to_dict(), ask(page, "explain", word)
            assert [each["character"] for each in there["characters"]] == [
                each["character"] for each in here["characters"]
            ]
            for mine, other in zip(here["characters"], there["characters"], strict=True):
                assert other["nats"] == pytest.approx(mine["nats"], abs=close)
                assert sorted(other["expected"].values()) == pytest.approx(sorted(mine["expected"].values()), abs=close)
            assert there["nats"] == pytest.approx(here["nats"], abs=close * (len(word) + 1))
            assert there["where"] == ("the list" if word in NAMES else "new")
        here, there = run.probabilities("ti").to_dict(), ask(page, "probabilities", "ti")
        assert there["probabilities"] == pytest.approx(here["probabilities"], abs=close)


@pytest.mark.parametrize("model", ["ngram", "gru"])
def test_a_label_may_be_chosen(browser: "Browser", tmp_path: Path, model: str):
    run = train_labelled(model, **(SMALL if model == "gru" else {}))
    labels, start = [*(run.record.labels or ())], run.given().vocabulary.characters[0]
    with opened(browser, written(run, tmp_path)) as page:
        choice = page.get_by_label("Label")
        assert choice.locator("option").all_inner_texts() == ["any", *labels]
        for label in (*labels, None):
            choice.select_option(label or "any")
            page.locator(SAID).filter(has_text="words.").wait_for()
            made = ask(page, "sample", {"count": 8, "prefix": start, "novel": True, "seed": 1})["words"]
            nats = [each.nats for each in run.score([each["word"] for each in made], label=label)]
            assert [each["nats"] for each in made] == pytest.approx(nats, abs=1e-4)
            here, there = run.probabilities(start, label=label), ask(page, "probabilities", start)
            assert there["probabilities"] == pytest.approx(here.to_dict()["probabilities"], abs=1e-5)
            page.get_by_role("textbox", name="A word").fill(made[0]["word"])
            page.locator("#score .figures").get_by_text("nats").wait_for()
            page.locator("#score .figures").get_by_text("held out").wait_for(state="hidden" if label else "visible")


def test_words_keep_to_what_is_wanted_of_them(page: "Page"):
    made = ask(
        page, "sample", {"count": 30, "prefix": "t", "length": "3-4", "novel": True, "distinct": True, "seed": 1}
    )
    words = [each["word"] for each in made["words"]]
    assert len(set(words)) == len(words) == 30
    assert made["shortage"] == ""
    assert all(word.startswith("t") and len(word) in (3, 4) and word not in NAMES for word in words)


def test_the_same_seed_makes_the_same_words_and_none_makes_others(page: "Page"):
    first, again, other = (ask(page, "sample", {"count": 20, "seed": seed}) for seed in (7, 7, 8))
    assert first == again != other
    assert ask(page, "sample", {"count": 20}) != ask(page, "sample", {"count": 20})


def test_words_are_as_frequent_as_those_of_python(browser: "Browser", tmp_path: Path):
    words = ["ab", "ba", "aab", "abb", "bab", "aba", "bba", "b", "abba", "baab", "aaab"]
    run = moregrad.train(words, "gru", **{**SMALL, "steps": 100})
    with opened(browser, written(run, tmp_path)) as page:
        for wanted in ({}, {"temperature": 0.5}, {"prefix": "ab", "novel": True}, {"length": "2-3"}):
            made = ask(page, "sample", {"count": COUNT, "seed": 3, **wanted})["words"]
            there = Counter(each["word"] for each in made)
            here, again = (Counter(each.word for each in run.sample(COUNT, seed=seed, **wanted)) for seed in (1, 2))
            # Two samples of one distribution differ too, by some 0.02 here.
            assert distance(here, again) < 0.05
            assert distance(there, here) < 0.05, wanted


def distance(one: Counter[str], other: Counter[str]) -> float:
    """The total variation between two samples."""
    shares = [np.array([found[word] / found.total() for word in one | other]) for found in (one, other)]
    return float(abs(shares[0] - shares[1]).sum() / 2)


def test_the_surprisal_of_made_words_is_that_of_python(page: "Page", run: Run):
    made = ask(page, "sample", {"count": 20, "temperature": 1.5, "prefix": "t"})["words"]
    assert [each["nats"] for each in made] == pytest.approx(
        [score.nats for score in run.score([each["word"] for each in made])], abs=1e-4
    )


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"temperature": 0, "distinct": True}, r"Found (only 1|none) of 20: at temperature 0 every try gives the same"),
        ({"length": "4", "prefix": "tada", "novel": True}, r"Found none of 20: .* tries .*\. To find more, "),
    ],
)
def test_fewer_words_than_wanted_come_with_the_reason(page: "Page", wanted: dict[str, Any], reason: str):
    assert re.match(reason, ask(page, "sample", wanted)["shortage"])


@pytest.mark.parametrize(
    ("method", "argument", "message"),
    [
        ("explain", "Zoë", "“Z” is not among the characters that this model knows."),
        ("probabilities", "é", "“é” is not among the characters that this model knows."),
        ("sample", {"prefix": "tadatada"}, "A beginning of 8 letters does not fit in words of at most 4."),
        ("sample", {"length": "8-5"}, "the length “8-5” is none: give a number or a span such as 5-8"),
    ],
)
def test_what_cannot_be_answered_says_why(page: "Page", method: str, argument: Any, message: str):
    with pytest.raises(Exception, match=re.escape(message)):
        ask(page, method, argument)


def test_a_word_that_cannot_be_read_says_why_in_the_page(page: "Page"):
    page.get_by_role("textbox", name="A word").fill("Zoë")
    assert page.get_by_text("“Z” is not among the characters").first.is_visible()


def test_capitals_are_read_as_the_list_was(browser: "Browser", tmp_path: Path):
    words = ["ΟΔΥΣΣΕΎΣ", "Σωκράτης", "ΊΡΙΣ"]
    run = moregrad.train([word * times for word in words for times in range(1, 5)], "bigram", steps=2, lower=True)
    with opened(browser, written(run, tmp_path)) as page:
        for word in ("ΣΩΚΡΆΤΗΣ", "ίρις", "Ι\u0301ΡΙΣ"):
            assert ask(page, "explain", word)["word"] == run.explain(word).word
            assert ask(page, "explain", word)["where"] == "the list"


def test_a_capital_that_the_model_does_not_know_is_taken_for_its_letter(page: "Page"):
    assert ask(page, "explain", "Tina") == ask(page, "explain", "tina")


@pytest.mark.parametrize("words", [HOSTILE, HEBREW, ARABIC, GREEK, JAPANESE, MARKS], ids=lambda words: words[0])
def test_any_words_are_shown_as_text(browser: "Browser", tmp_path: Path, words: list[str]):
    run = moregrad.train([word * times for word in words for times in range(1, 5)], "bigram", steps=2)
    with opened(browser, written(run, tmp_path), viewport={"width": 390, "height": 844}) as page:
        for word in words:
            known = run.normalise([word])[0]
            page.get_by_role("textbox", name="A word").fill(word)
            page.get_by_role("cell", name="end").or_(page.get_by_role("rowheader", name="the end")).first.wait_for()
            spans = page.locator(".letters span:not(.end)")
            assert "".join(spans.all_text_contents()) == known
            assert ask(page, "explain", word)["where"] == "the list"
        assert page.locator("img, b").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_list_with_a_hostile_name_is_named_as_text(browser: "Browser", tmp_path: Path):
    listed = tmp_path / "<img src=x onerror=alert(1)>{{facts}}.txt"
    listed.write_text("\n".join(NAMES))
    with opened(browser, written(moregrad.train(listed, "bigram", steps=2), tmp_path)) as page:
        assert page.title() == f"Words like those of {listed.name}"
        assert page.get_by_role("heading", level=1).text_content() == f"Words like those of {listed.name}"
        assert page.get_by_text(f"read from {listed.name}").is_visible()
        assert str(tmp_path) not in page.content()


def test_everything_can_be_done_with_the_keyboard(page: "Page"):
    page.get_by_label("Begins with").focus()
    page.keyboard.type("ti")
    page.keyboard.press("Enter")
    first = page.locator(".words button").first
    page.locator(".words li").nth(5).wait_for()
    for _ in range(40):
        if first.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    word = first.locator("bdi").inner_text()
    assert word.startswith("ti")
    page.keyboard.press("Enter")
    assert page.get_by_role("textbox", name="A word").input_value() == word
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('.bars button')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("textbox", name="A word").input_value()[:-1] == word
    assert page.evaluate("document.activeElement.matches('#score input')")


def test_every_control_and_picture_has_a_name_and_every_section_a_heading(page: "Page"):
    tree = page.locator("body").aria_snapshot()
    named = re.compile(
        r"- (?:button|textbox|slider|combobox|spinbutton|checkbox|img|region|table)(?![ ]\")", re.MULTILINE
    )
    assert named.findall(tree) == []
    headings = [
        "Make words",
        "Look at a word",
        "What comes next",
        "Map of the letters",
        "How it learned",
        "Where it comes from",
    ]
    assert page.get_by_role("heading", level=2).all_text_contents() == headings
    assert [page.get_by_role("region", name=name).count() for name in headings] == [1] * 6


def test_results_are_told_to_screen_readers(page: "Page"):
    page.get_by_role("button", name="Make words").click()
    page.get_by_role("status").filter(has_text="20 words.").wait_for()
    page.get_by_role("textbox", name="A word").fill("tina")
    told = page.locator("[role=status].hidden").filter(has_text="tina: ")
    told.wait_for(state="attached")
    assert re.match(r"tina: [\d.]+ nats \([\d.]+ bits\), [\d.]+ a letter\..* It is in the list\.", told.inner_text())


def test_a_word_is_compared_with_held_out_words_as_python_does(page: "Page", run: Run):
    for rating in run.rate(["tina", "bbb", "aaaa", *run.splits["test"].words(run.vocabulary)]):
        page.get_by_role("textbox", name="A word").fill(rating.word)
        page.get_by_text(f"More plausible than {rating.percentile:.0f} % of the words held out").first.wait_for()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_fits_any_screen(browser: "Browser", path: Path, width: int):
    with opened(browser, path, viewport={"width": width, "height": 844}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.locator("button:visible, select:visible, input:visible:not([type=checkbox])")
        assert min(box["height"] for each in small.all() if (box := each.bounding_box())) >= 32


def test_it_answers_while_it_makes_words(page: "Page"):
    ended = page.evaluate(
        """async () => {
            const stop = new AbortController();
            let ended = "";
            const made = window.moregrad.sample({count: 1e6}, {signal: stop.signal})
                .then(() => "made", (error) => error.name).then((how) => { ended = how; });
            for (let frame = 0; frame < 30; frame++) await new Promise((resolve) => setTimeout(resolve, 5));
            const before = ended;
            stop.abort();
            await made;
            return [before, ended];
        }"""
    )
    assert ended == ["", "AbortError"]


def test_making_words_can_be_stopped(page: "Page"):
    page.evaluate(
        """() => {
            const [go, stop] = document.querySelectorAll(".buttons button");
            go.click(); stop.focus(); stop.click();
        }"""
    )
    page.get_by_role("status").filter(has_text="Stopped after 0 words.").wait_for()
    assert page.get_by_role("button", name="Make words").evaluate("button => button === document.activeElement")


def test_nothing_moves_for_those_who_want_it_still(browser: "Browser", path: Path):
    with opened(browser, path, reduced_motion="reduce") as page:
        moving = (
            "[...document.querySelectorAll('*')].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
        )
        assert page.evaluate(f"{moving}.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: "Browser", path: Path, scheme: Any):
    with opened(browser, path, color_scheme=scheme) as page:
        colours = page.evaluate("""() => Object.fromEntries(
            ["ground", "card", "ink", "soft", "accent", "on-accent", "pale", "validation", "field", "hot"].map(
                (name) => [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()]))""")
    hot = np.array([float(part) for part in colours["hot"].split()])
    hottest = 0.6 * hot + 0.4 * rgb(colours["card"])
    for ink, ground in [
        ("ink", "ground"),
        ("ink", "card"),
        ("soft", "ground"),
        ("soft", "card"),
        ("on-accent", "accent"),
        ("ink", "pale"),
    ]:
        assert contrast(rgb(colours[ink]), rgb(colours[ground])) >= 4.5, (ink, ground)
    assert contrast(rgb(colours["ink"]), hottest) >= 4.5
    for line in ("accent", "validation", "field"):
        assert contrast(rgb(colours[line]), rgb(colours["card"])) >= 3, line


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[index : index + 2], 16) for index in (1, 3, 5)], float)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """The contrast of two colours, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

    def luminance(colour: np.ndarray) -> float:
        share = colour / 255
        return float(
            np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        )

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_a_model_without_embeddings_says_that_it_has_no_map(browser: "Browser", tmp_path: Path):
    with opened(browser, written(moregrad.train(NAMES, "ngram"), tmp_path)) as page:
        assert page.get_by_text("The model, ngram, has no embeddings, so there is no map of the letters.").is_visible()
        assert page.get_by_text("No loss was measured on the way").is_visible()


def test_the_losses_and_the_origin_are_told(page: "Page", run: Run):
    assert run.record.losses is not None
    assert page.get_by_role("cell", name=f"{run.record.losses['test'].all.nats:.3f}").first.is_visible()
    assert page.get_by_role("img", name="Losses by step").is_visible()
    assert page.get_by_text("not on record: whoever passes the words on should know it").is_visible()


def test_the_page_of_the_default_model_is_small(names_path: Path, tmp_path: Path):
    run = moregrad.train(names_path, steps=1)
    assert len(make_page(run).encode()) < 2_000_000


def test_no_text_of_facts_can_end_the_script_that_holds_them():
    assert to_json({"word": "</script><!--&\u2028"}) == r'{"word": "\u003c/script\u003e\u003c!--\u0026\u2028"}'


def test_modules_become_one_script_after_those_they_need():
    script = bundle("page")
    assert "import " not in re.sub(r"/\*.*?\*/|//.*", "", script, flags=re.DOTALL)
    assert "export " not in script
    assert script.index("const $elements") < script.index("const $words") < script.index("const $page")


def test_the_front_end_never_reads_markup_from_text():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", bundle("page"))
    addresses = set(re.findall(r"\w+://[^\"' ]*", bundle("page") + read("page.css") + read("page.html")))
    assert addresses == {"http://www.w3.org/2000/svg"}
