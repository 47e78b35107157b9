"""Graphs that users bring. Networkx graphs and graph files become a `GivenGraph`, and a `GivenGraph` becomes a networkx graph.

A source has *rows*: lines of an edge list, edges of an XML file, or edges of a networkx graph. A `GivenGraph` has *ties*, one
for each pair of people.

    reading         recognises the format of a file and calls its reader
    recognise       the format of a file; a format that is not read is refused with the way to convert it
    edge_list       text with one tie per line; its cells come from `sim.dialect`, its columns from `header`
    header          the columns of an edge list that are read
    lookalikes      tables that are no edge list: matrices, tables of people, times in the first columns
    markup          GraphML and GEXF
    formats         GML, JSON, Matrix Market, LGL
    pajek           Pajek networks
    with_networkx   networkx graphs, both ways
    rows            makes ties of rows; repetitions are counted, contradictions are refused
    values          the attributes of ties and their values
    given           the graph as arrays
"""

from sim.society.graphs.given import KINDS, GivenGraph
from sim.society.graphs.reading import read_graph
from sim.society.graphs.with_networkx import from_networkx, to_networkx

__all__ = ["KINDS", "GivenGraph", "from_networkx", "read_graph", "to_networkx"]
