"""Errors as answers."""

import json

from moregrad.errors import AlphabetError, ConfigurationError
from moregrad.web.problems import RequestError, tell


def test_an_error_has_its_kind_its_text_and_a_status():
    answer = tell(AlphabetError("'Q' is not in the vocabulary"))
    assert (answer.status_code, answer.media_type) == (422, "application/json")
    assert json.loads(bytes(answer.body)) == {
        "error": {"kind": "AlphabetError", "message": "'Q' is not in the vocabulary"}
    }


def test_a_setting_is_named():
    assert json.loads(bytes(tell(ConfigurationError("x", setting="steps")).body))["error"]["setting"] == "steps"


def test_a_refusal_that_passes_says_when_to_come_again():
    answer = tell(RequestError("busy", 503))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
