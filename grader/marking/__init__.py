"""A class: coordinator, workers, cache, pages, tables."""
