"""The picture of an expression graph, in steps that each know only those before.

`words` turns numbers and names into short text, and `scene` a Value into cards. `layers`, `ordering`, `placing` and
`layout` find where cards and lines go, and know nothing of Values. `cards` and `lines` draw them, in one `style`, with
the few `shapes` there are, and `sheet` puts all together. `svg` and `png` paint a sheet. `dot` writes a scene for
Graphviz, which places it by itself.
"""
