"""Which facts may answer: judged, ranked, and held against what was asked."""
