"""Files of torch.save."""

import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED

import numpy as np
import pytest

from formats.makemore.checkpoints import changed, checkpoint, entries, packed
from moregrad.errors import DataError
from moregrad.formats.makemore import archive
from moregrad.formats.makemore.archive import read_tensors


def test_tensors_have_their_names_shapes_and_numbers():
    tensors = read_tensors(checkpoint("bow"))
    assert tensors["wte.weight"].shape == (5, 4)
    np.testing.assert_array_equal(tensors["context_block.cbow.bias"], np.tri(6, dtype=np.float32)[None])


def test_numbers_of_other_kinds_are_read(file: Callable[[bytes], Path]):
    plain = read_tensors(checkpoint("bigram"))["logits"]
    files = entries(checkpoint("bigram"))
    numbers = np.frombuffer(files["data/0"], "<f4")
    for kind, content in {
        "Double": numbers.astype("<f8").tobytes(),
        "Half": numbers.astype("<f2").tobytes(),
        "BFloat16": (numbers.view("<u4") >> 16).astype("<u2").tobytes(),
    }.items():
        other = files | {
            "data/0": content,
            "data.pkl": files["data.pkl"].replace(b"FloatStorage", f"{kind}Storage".encode()),
        }
        found = read_tensors(file(packed(other)))["logits"]
        np.testing.assert_allclose(found.astype(np.float32), plain, rtol=1e-2)


def test_numbers_of_the_other_byte_order_are_read(file: Callable[[bytes], Path]):
    files = entries(checkpoint("bigram"))
    files |= {"byteorder": b"big", "data/0": np.frombuffer(files["data/0"], "<f4").astype(">f4").tobytes()}
    np.testing.assert_array_equal(
        read_tensors(file(packed(files)))["logits"], read_tensors(checkpoint("bigram"))["logits"]
    )


def test_a_file_that_is_none_of_torchs_is_refused(file: Callable[[bytes], Path]):
    for content in (b"", b"PK\x03\x04", b"emma\nolivia\n", packed({"readme": b"hello"}), packed({"data.pkl": b""})):
        with pytest.raises(DataError):
            read_tensors(file(content))
    with pytest.raises(DataError, match=r"before version 1\.6"):
        read_tensors(file(b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."))
    with pytest.raises(DataError, match="cannot be read"):
        read_tensors(Path("nowhere.pt"))


def test_a_program_in_place_of_tensors_does_not_run(file: Callable[[bytes], Path], tmp_path: Path):
    command = f"touch {tmp_path}/ran".encode()
    program = b"\x80\x02cposix\nsystem\nX" + struct.pack("<I", len(command)) + command + b"\x85R."
    with pytest.raises(DataError, match="nothing in it is run"):
        read_tensors(file(packed({"data.pkl": program})))
    with pytest.raises(DataError, match="nothing in it is run"):
        read_tensors(file(changed("gru", function=(b"torch._utils\n_rebuild_tensor_v2", b"posix\nsystem"))))
    assert not (tmp_path / "ran").exists()


def test_a_file_that_unpacks_to_more_than_it_is_is_refused(file: Callable[[bytes], Path]):
    zeros = entries(checkpoint("bigram")) | {"data/0": bytes(10**6)}
    with pytest.raises(DataError, match="compressed"):
        read_tensors(file(packed(zeros, compression=ZIP_DEFLATED)))


def test_tensors_that_share_numbers_to_be_larger_than_the_file_are_refused(file: Callable[[bytes], Path]):
    storage = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuM\x00\x10tQ"
    one = b"(" + storage + b"K\x00M\x00\x10\x85K\x01\x85\x89ccollections\nOrderedDict\n)Rt"
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n" + one + b"R"
    names = b"".join(b"X\x03\x00\x00\x00" + f"{number:03}".encode() + tensor for number in range(200))
    content = packed({"data.pkl": b"\x80\x02}(" + names + b"u.", "data/0": bytes(4 * 4096)})
    with pytest.raises(DataError, match="larger than the file"):
        read_tensors(file(content))


def test_a_tensor_beyond_its_numbers_is_refused(file: Callable[[bytes], Path]):
    files = entries(checkpoint("bigram"))
    with pytest.raises(DataError, match="fewer numbers"):
        read_tensors(file(packed(files | {"data/0": files["data/0"][:-4]})))
    del files["data/0"]
    with pytest.raises(DataError, match="has no numbers"):
        read_tensors(file(packed(files)))
    # The five rows of five numbers, of which there are 25.
    for before, after in (
        (b"K\x05K\x05\x86", b"K\x06K\x05\x86"),
        (b"K\x05K\x01\x86", b"K\x07K\x01\x86"),
        (b"QK\x00", b"QK\x01"),
    ):
        with pytest.raises(DataError, match="larger than its numbers"):
            read_tensors(file(changed("bigram", size=(before, after))))


def test_what_is_no_tensor_by_name_is_refused(file: Callable[[bytes], Path]):
    for program in (b"\x80\x02K\x01.", b"\x80\x02}K\x01K\x02s.", b"\x80\x02}X\x01\x00\x00\x00aK\x02s.", b"\x80\x02]."):
        with pytest.raises(DataError, match="state_dict"):
            read_tensors(file(packed({"data.pkl": program})))


def test_a_long_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "LONGEST", 10)
    with pytest.raises(DataError, match="more than 10 bytes"):
        read_tensors(checkpoint("gru"))
