"""Compiles the hot modules of the scalar engine if there is a C compiler; if not, they run as the Python they are."""

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = ("evaluate", "number", "value", "graph", "optim", "program")

# Fused multiply-add, and a square root in the place of x ** 0.5, round otherwise than Python does; results must not
# depend on compilation. Types made from specs can be given new methods, as those of plain Python can.
FLAGS = ["-O3", "-ffp-contract=off", "-fno-builtin-pow", "-DCYTHON_USE_TYPE_SPECS=1"]

# Without `binding`, methods are Python's own descriptors, which check the class of their receiver; Cython's do not, and
# `Value.relu("a")` would read the string's memory as a number. Methods of `auto_pickle` would write fields unchecked.
DIRECTIVES = {
    "annotation_typing": False,
    "auto_pickle": False,
    "binding": False,
    "boundscheck": False,
    "cpow": True,
    "embedsignature": True,
    "embedsignature.format": "clinic",
    "wraparound": False,
}

extensions = cythonize(
    [
        Extension(f"moregrad.scalar.{name}", [f"src/moregrad/scalar/{name}.py"], extra_compile_args=FLAGS)
        for name in COMPILED
    ],
    build_dir="build/cython",
    compiler_directives=DIRECTIVES,
)
for extension in extensions:
    extension.optional = True

setup(ext_modules=extensions)
