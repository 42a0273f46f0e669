"""A chart and a size make a frame: where every mark and word goes."""
