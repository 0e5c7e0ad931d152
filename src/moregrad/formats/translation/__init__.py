"""One step of a model as a program of loops over arrays, and how such programs are written in other languages.

A jaxpr becomes a program (`jaxpr.py`, and a file for each kind of primitive), the program is made quicker
(`hoisting.py`), and its numbers are packed (`packing.py`); `step.py` does so for `Model.advance`.
"""
