"""The trusted half of confined execution."""
