"""The picture of an expression graph, in steps that each know only the one before.

`words` turns numbers and names into short text and `scene` a Value into cards; `layers`, `ordering`, `placing` and
`routes` find where the cards and the lines between them go, and know nothing of Values; `shapes` puts both together as
rectangles, curves and words; `svg` and `png` paint those. `dot` writes the scene down for Graphviz, which places it by
itself.
"""
