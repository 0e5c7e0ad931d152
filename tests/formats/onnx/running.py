"""Graphs as onnxruntime runs them."""

from typing import Any

import numpy as np
import onnx
import onnxruntime as ort


class Session:
    """A step that keeps its state."""

    def __init__(self, model: onnx.ModelProto, rows: int) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(model.SerializeToString(), options)
        self.state = {
            each.name: np.zeros([rows if size == "batch" else size for size in each.shape], kind(each.type))
            for each in self.session.get_inputs()[1:]
        }

    def advance(self, token: Any) -> np.ndarray:
        """Returns the logits after `token`."""
        outputs = [each.name for each in self.session.get_outputs()]
        found = dict(
            zip(outputs, self.session.run(None, {"token": np.asarray(token, np.int64)} | self.state), strict=True)
        )
        self.state = {name: found[f"next_{name}"] for name in self.state}
        return np.asarray(found["logits"])


def kind(name: str) -> type:
    return {"tensor(int32)": np.int32, "tensor(float)": np.float32, "tensor(bool)": np.bool_}[name]
