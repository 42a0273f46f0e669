"""Online Harms Explorer: police-recorded online grooming offences in the United Kingdom, offline."""

__version__ = "0.1.0"
