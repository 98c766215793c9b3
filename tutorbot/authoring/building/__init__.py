"""From what stands in the files to the course."""
