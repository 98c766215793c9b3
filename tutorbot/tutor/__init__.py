"""The use cases, a file per subject: each loads, asks the lessons, saves and returns what to show."""
