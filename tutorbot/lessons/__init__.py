"""The rules of learning, free of clocks, files, networks and chance."""
