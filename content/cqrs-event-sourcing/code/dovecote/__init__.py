"""Dovecote's Parcels: the running example of the course, as one small event-sourced program."""
