"""The project's own benchmarks: speed and recall on made-up bases, beside other tools, and scores on question sets."""
