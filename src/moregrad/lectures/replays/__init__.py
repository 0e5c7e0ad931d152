"""The replays of the published runs: each returns what came out, as series of figures by name.

A replay knows nothing of the published figures; `moregrad.lectures.figures` puts them beside what it returns.
"""
