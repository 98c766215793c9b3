"""Questions in GIFT, Moodle's text format, in and out."""
