"""The parts that both languages share."""

import pytest

from moregrad.errors import ModelError
from moregrad.formats.translation.c_tables import C
from moregrad.formats.translation.expressions import INDEX, ZERO, constant, name, operation
from moregrad.formats.translation.javascript_tables import JAVASCRIPT
from moregrad.formats.translation.language import Helpers, Language
from moregrad.formats.translation.program import For, If, LeaveUnless, Loop, Program, Store

LANGUAGES = pytest.mark.parametrize("language", [JAVASCRIPT, C], ids=["javascript", "c"])


@LANGUAGES
def test_blocks_stand_in_curly_braces(language: Language):
    program = Program()
    buffer, place, yes = program.buffer("output", "int32", 3), name("i", INDEX), name("b", "bool")
    store = Store(buffer, place, constant(1, "int32"))
    body = [Loop([LeaveUnless(yes), For(place, 3, [If(yes, [store], [store])])]), If(yes, [store], [])]
    lines = [line.strip() for line in language.lines(body)]
    assert lines[0] == "for (;;) {"
    assert lines[1] == "if (!b) break;"
    assert lines[2].endswith("i = 0; i < 3; ++i) {")
    assert lines[3:10] == ["if (b) {", "o0[i] = 1;", "} else {", "o0[i] = 1;", "}", "}", "}"]
    assert lines[10:] == ["if (b) {", "o0[i] = 1;", "}"]


@LANGUAGES
def test_an_operation_that_a_type_has_not_is_named(language: Language):
    with pytest.raises(ModelError, match="the model computes tanh of int32, which cannot be translated"):
        language.expression(operation("tanh", "int32", ZERO))


def test_helpers_come_with_those_that_they_call():
    helpers = Helpers({"half": "half(x) {}", "quarter": "quarter(x) { half(half(x)) }", "third": "third(x) {}"})
    assert helpers.called("y = quarter(8)") == ["half(x) {}", "quarter(x) { half(half(x)) }"]
    assert helpers.called("y = 8") == []
