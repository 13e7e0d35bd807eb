"""The longer texts of the demo, from `data/texts.toml`."""

from thidua.demo.data import read_data

TEXTS = read_data("texts")
