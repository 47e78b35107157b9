"""Graphs that other people bring: networkx graphs and graph files become tie arrays, and back.

A source has *rows* (a line of an edge list, an XML edge, a networkx edge). A `GivenGraph` has *ties*, one per pair of people.

    reading         a file, by its content, to the reader of its format
    recognise       which format a file has; what nothing here reads is named, with the way to convert it
    edge_list       text, one tie per line; its cells come from `sim.dialect`, its columns from `header`
    lookalikes      tables that are no edge list: matrices, tables of people, times in the columns
    markup          GraphML and GEXF
    formats         GML, JSON, Matrix Market, LGL
    pajek           Pajek networks
    with_networkx   networkx graphs, both ways
    rows            rows become ties: repetitions are counted, contradictions are refused
    values          what a column or attribute may say
    given           the ties, as arrays
"""

from sim.society.graphs.given import KINDS, GivenGraph
from sim.society.graphs.reading import read_graph
from sim.society.graphs.with_networkx import from_networkx, to_networkx

__all__ = ["KINDS", "GivenGraph", "from_networkx", "read_graph", "to_networkx"]
