"""The form of a file as its reader is told it, and the notes that it leaves."""

from moregrad.data.form import Form
from moregrad.data.reading import Reading


def test_every_form_has_notes_of_its_own():
    Form().notes.append("header: 'name'")
    assert Form().notes == []


def test_a_reading_gives_the_form_of_its_file():
    assert Reading(column=2, delimiter=";", no_header=True, encoding="cp1252").form() == Form(2, ";", True, "cp1252")
