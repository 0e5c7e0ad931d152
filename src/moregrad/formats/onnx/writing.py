"""Writing the step of a run as an ONNX file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moregrad import atomic
from moregrad.errors import ModelError, MoregradError, StorageError

if TYPE_CHECKING:
    from moregrad.runs.run import Run

ABOUT = (
    "One step of a model of words, for any number of rows. Feed the token 0, which begins a word, with zeros for every "
    "state; the logits are those of the next character, or with 0 of the end. Then feed each character with the state "
    "that came out. Token i is character i - 1 of the metadata's vocabulary."
)


def write_onnx(run: "Run", path: Path) -> None:
    """Writes the step of the model of `run` to `path`.

    Raises MoregradError if onnx is not installed, ModelError for a model whose step cannot be translated, StorageError
    if the file cannot be written.
    """
    try:
        import onnx
    except ImportError as error:
        raise MoregradError("onnx is not installed: pip install 'moregrad[onnx]'") from error
    from moregrad.formats.onnx.translation import to_onnx

    model = to_onnx(run.model)
    model.doc_string = ABOUT
    facts: dict[str, Any] = {
        "vocabulary": run.vocabulary.characters,
        "longest": str(run.block - 1),
        "lower": json.dumps(run.record.lower),
        "architecture": json.dumps(run.architecture.to_dict()),
    }
    onnx.helper.set_model_props(model, facts)
    try:
        onnx.checker.check_model(model, full_check=True)
        content = model.SerializeToString()
    except (ValueError, onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise ModelError(f"its step makes no ONNX graph: {str(error).splitlines()[0]}") from error
    try:
        atomic.write_bytes(path, content)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}; name another file") from error
