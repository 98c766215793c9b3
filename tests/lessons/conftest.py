"""How the properties are searched."""

from hypothesis import settings

# A machine that is busy with something else is no fault in the rules.
settings.register_profile("lessons", deadline=None)
settings.load_profile("lessons")
