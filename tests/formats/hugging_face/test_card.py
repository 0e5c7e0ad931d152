"""Cards of models."""

import dataclasses
from pathlib import Path

from runs.prepared import prepared

from formats.hugging_face.folders import SIZES
from moregrad.formats.hugging_face.card import public_name, write_card
from moregrad.runs import Run


def run_of(**facts: object) -> Run:
    run = prepared("transformer", **SIZES)
    return dataclasses.replace(run, record=run.record.replace(**facts))


def test_a_card_tells_data_losses_licence_and_use():
    run = prepared("transformer", **SIZES)
    run = dataclasses.replace(run, record=run.record.replace(losses=run.evaluate()))
    card = write_card(run, "towns", "the given list")
    assert card.startswith("---\nlibrary_name: transformers\n")
    assert "# towns" in card
    assert run.record.fingerprint in card
    assert "| test | 3 | 2." in card
    assert "| words | 19 train, 2 validation, 3 test |" in card
    assert "AutoModelForCausalLM.from_pretrained(folder)" in card
    assert "## Licence" in card


def test_a_list_that_is_known_has_its_licence():
    assert "MIT, copyright 2022 Andrej Karpathy" in write_card(run_of(), "mine", "names")


def test_losses_that_were_not_measured_are_not_made_up():
    assert "They were not measured." in write_card(run_of(losses=None), "mine", "names")


def test_folders_on_this_machine_stay_unknown():
    run = run_of(source="/home/emma/secret/towns.txt", origin="read from /home/emma/secret/towns.txt")
    assert public_name(run) == "towns.txt"
    assert "/home" not in write_card(run, "mine", public_name(run))


def test_names_with_markup_are_shown_as_text():
    card = write_card(run_of(), "a | <b>*x*</b>\n# y", Path("_z_.txt").name)
    assert r"# a \| \<b\>\*x\*\</b\> \# y" in card
    assert r"\_z\_.txt" in card
