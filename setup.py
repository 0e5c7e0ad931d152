"""Compiles the hot modules of the scalar engine, where there is a C compiler; without one they run as the Python they are."""

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = ("value", "graph", "optimize", "program")

# Fused multiply-add would round otherwise than Python does; results are the same with and without compilation.
FLAGS = ["-O3", "-ffp-contract=off"]

setup(
    ext_modules=cythonize(
        [
            Extension(
                f"moregrad.scalar.{name}", [f"src/moregrad/scalar/{name}.py"], extra_compile_args=FLAGS, optional=True
            )
            for name in COMPILED
        ],
        build_dir="build/cython",
        compiler_directives={"annotation_typing": False, "boundscheck": False, "wraparound": False},
    )
)
