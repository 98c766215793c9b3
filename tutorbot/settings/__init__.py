"""The settings, read from the environment and from a file named .env."""

from tutorbot.settings.declared import SETTINGS, Setting, Settings
from tutorbot.settings.given import (
    PLATFORMS,
    Given,
    default_data_folder,
    hosting_platform,
    look_up,
    read_settings,
    unknown_names,
)
from tutorbot.settings.masking import mask

__all__ = [
    "PLATFORMS",
    "SETTINGS",
    "Given",
    "Setting",
    "Settings",
    "default_data_folder",
    "hosting_platform",
    "look_up",
    "mask",
    "read_settings",
    "unknown_names",
]
