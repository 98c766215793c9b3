"""What need not be kept is forgotten, once a day."""

import logging
from datetime import datetime, timedelta
from functools import partial

from tutorbot.records import forgetting
from tutorbot.tutor.messages import PARKED
from tutorbot.tutor.owing import KEYED_BY_GESTURE
from tutorbot.tutor.tutor import Tutor

BATCH = 500

NEVER_OWED_AGAIN = (*KEYED_BY_GESTURE, f"{PARKED}/")
"""How the keys begin of what cannot come to be owed a second time.

A gesture is never made again, and a notice to staff has its day in the key. All other keys stay for
ever: a lesson of a cohort, a badge or a result is owed once, and its key is what keeps it so.
"""

log = logging.getLogger(__name__)


def forget_old(tutor: Tutor, *, keep_days: int) -> None:
    """Forget deliveries that were over so many days ago, and the names of people who take no course."""
    before = tutor.now() - timedelta(days=keep_days)
    deliveries = 0
    while forgotten := _forget_some(tutor, before):
        deliveries += forgotten
    strangers = tutor.store.write(forgetting.forget_strangers)
    if deliveries or strangers:
        log.info("Forgotten: %d deliveries, %d people who take no course", deliveries, strangers)


def _forget_some(tutor: Tutor, before: datetime) -> int:
    """Forget a few deliveries, which are looked for beforehand: nobody who answers has to wait for that."""
    with tutor.store.read() as conn:
        old = forgetting.old_deliveries(conn, NEVER_OWED_AGAIN, before=before, limit=BATCH)
    if not old:
        return 0
    forget = partial(forgetting.forget_deliveries, numbers=old, beginnings=NEVER_OWED_AGAIN, before=before)
    return tutor.store.write(forget)
