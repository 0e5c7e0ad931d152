"""Compiles the hot modules of the scalar engine where there is a C compiler; without one they run as the Python they are."""

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

COMPILED = ("value", "graph", "optimize", "program")

# Fused multiply-add rounds otherwise than Python does; results must not depend on compilation.
FLAGS = ["-O3", "-ffp-contract=off"]


class BuildIfPossible(build_ext):
    """An optional extension is also left out when the compiler cannot be started at all."""

    def build_extension(self, ext: Extension) -> None:
        try:
            super().build_extension(ext)
        except OSError as error:
            self.warn(f"{ext.name} stays plain Python: {error}")


extensions = [
    Extension(f"moregrad.scalar.{name}", [f"src/moregrad/scalar/{name}.py"], extra_compile_args=FLAGS, optional=True)
    for name in COMPILED
]
directives = {"annotation_typing": False, "boundscheck": False, "wraparound": False}

setup(
    ext_modules=cythonize(extensions, build_dir="build/cython", compiler_directives=directives),
    cmdclass={"build_ext": BuildIfPossible},
)
