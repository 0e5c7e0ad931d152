"""How functions are compiled."""

from functools import partial

import equinox as eqx

compiled = partial(eqx.filter_jit, compiler_options={"xla_backend_optimization_level": 1})
"""`eqx.filter_jit` at LLVM's first level: compiles in two thirds of the time, and the programs run as fast as at the third."""
