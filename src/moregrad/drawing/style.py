"""Colours and measures, in units of the sheet."""

SIZE = 12.0  # of letters
CELL = 0.602 * SIZE  # the width of a letter in DejaVu Sans Mono, which few monospaced fonts exceed
LINE = 17.0  # from one line of text to the next
PAD = 11.0  # between text and the edge of its box
LONGEST = 24  # cells of a label or of an operation's name

RADIUS = 7.0  # of the corners of a box
CAP = 26.0  # the diameter of an operation's circle
BEHIND = 24.0  # between an operation and its box
ARROW, ARROW_WIDTH = 7.5, 6.0
RUN = 9.0  # how long a line goes straight before it arrives

MARGIN = 24.0
TO_NOTES = 16.0  # from the graph to the notes under it

PAPER, FRAME = "#fbfcfd", "#dfe4ea"
INK, FAINT = "#1f2933", "#738091"
ACCENTS = {"grad": "#a8480f"}  # figures that are not in ink, by the name of their field
LINES = "#93a0b0"
OP_FILL, OP_EDGE, OP_INK = "#eeebfa", "#a79fd6", "#453a85"

FILLS = {"input": "#e8f1fa", "inner": "#ffffff", "output": "#fff3d3", "omitted": PAPER}
EDGES = {"input": "#98badb", "inner": "#b9c3ce", "output": "#d8a432", "omitted": "#aab4c0"}
