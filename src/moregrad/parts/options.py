"""The options of work that is done part by part."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Le
from typing_extensions import Doc

from moregrad.configuration import Configuration

FORMS = "two whole numbers such as 3/16, the first from 1 up to the second"


@dataclass(frozen=True)
class Parting(Configuration):
    """The cutting of work into parts, and their sharing out."""

    title: ClassVar[str] = "parts"

    part_rows: Annotated[
        int | None,
        Ge(1),
        Le(2**22),
        Doc("Rows of a part; by default 262,144 that are scored, or 131,072 that are made."),
    ] = None
    shard: Annotated[
        str | None, Doc("Do only a share of the parts, such as 3/16, the third of 16, as one of several processes.")
    ] = None
    cluster: Annotated[
        str | None, Doc("Address of a Dask scheduler whose workers do the parts, or local:4 for 4 processes here.")
    ] = None
    restart: Annotated[bool, Doc("Throw away the parts that are there and begin anew.")] = False

    def __post_init__(self) -> None:
        """Raises ConfigurationError for a share that is not one, besides what all fields are held to."""
        super().__post_init__()
        if self.shard is not None:
            index, slash, shards = self.shard.partition("/")
            plain = slash and index.isdecimal() and shards.isdecimal() and len(self.shard) < 20
            self.require("shard", bool(plain) and 1 <= int(index) <= int(shards), FORMS)
        self.require("shard", self.shard is None or self.cluster is None, "left out with a cluster")
        self.require("restart", not (self.restart and self.shard), "false with a share, whose parts others may do")

    @property
    def share(self) -> tuple[int, int]:
        """The index of the share, from 0, and the number of shares."""
        index, _, shards = (self.shard or "1/1").partition("/")
        return int(index) - 1, int(shards)
