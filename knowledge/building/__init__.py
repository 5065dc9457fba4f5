"""From a pack to a base: read, checked, compiled; drafts and evidence of articles."""
