"""Courses and problems in OLX, Open edX's format, in and out."""
