"""The errors whose message a person can act on."""


class TutorError(Exception):
    """That did not work. Try it once more."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.__class__.__doc__ or "")


class BadSetting(TutorError):
    """A setting is missing or has a value that cannot be used."""


class NotForYou(TutorError):
    """This button belongs to somebody else. Write `/tutor` to see what is yours."""


class Nothing(TutorError):
    """There is nothing to show here yet."""


class BadInput(TutorError):
    """What was asked for was not understood."""


class DatabaseTooNew(TutorError):
    """The database was written by a newer tutorbot. Upgrade tutorbot, or restore an older backup."""
