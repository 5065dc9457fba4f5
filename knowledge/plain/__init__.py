"""The engine for bulk bases: triples by the million, names found by keys, predicates by their labels and by vocabulary."""
