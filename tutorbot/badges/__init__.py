"""What a learner who passed can show."""
