"""The list of packs and what is done with them."""
