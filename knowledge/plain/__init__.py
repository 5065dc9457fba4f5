"""The engine for bulk bases: triples by the million, names found by keys, predicates by labels and vocabulary."""
