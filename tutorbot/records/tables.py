"""The tables: facts that are appended, and the few places and states that change."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
)

from tutorbot.records.schema import NUMBERED, Id, Json, Utc, metadata

# Courses, pinned by the digest of their files.

course_versions = Table(
    "course_versions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("course_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("bundled", Boolean, nullable=False, server_default=false()),
    Column("added_at", Utc, nullable=False),
)

current_courses = Table(
    "current_courses",
    metadata,
    Column("course_id", Text, primary_key=True),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("team", Text, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("file_id", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# People, and what they take part in.

learners = Table(
    "learners",
    metadata,
    Column("team", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("zone", Text, nullable=False, server_default="UTC"),
    Column("direct_channel", Text),
    Column("last_course", Text),
)

cohorts = Table(
    "cohorts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("course_id", Text, nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("days", Text, nullable=False),
    Column("wall_time", Time, nullable=False),
    Column("zone", Text, nullable=False),
    Column("start", Date, nullable=False),
    Column("skip", Json, nullable=False),
    Column("per_delivery", Integer, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("stopped_at", Utc),
    **NUMBERED,
)
Index(
    "uq_cohorts_running",
    cohorts.c.team,
    cohorts.c.channel,
    unique=True,
    sqlite_where=text("stopped_at IS NULL"),
    postgresql_where=text("stopped_at IS NULL"),
)

cohort_lessons = Table(
    "cohort_lessons",
    metadata,
    Column("cohort_id", ForeignKey("cohorts.id"), primary_key=True),
    Column("lesson_id", Text, primary_key=True),
    Column("opens_at", Utc, nullable=False),
)

enrollments = Table(
    "enrollments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("course_id", Text, nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("joined_at", Utc, nullable=False),
    Column("badge_in_channel", Boolean),
    Column("pace_days", Text),
    Column("pace_time", Time),
    UniqueConstraint("team", "user", "course_id"),
    **NUMBERED,
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False, index=True),
    Column("cohort_id", ForeignKey("cohorts.id"), index=True),
    Column("since", Utc, nullable=False),
    Column("until", Utc),
    **NUMBERED,
)
Index(
    "uq_memberships_open",
    memberships.c.enrollment_id,
    unique=True,
    sqlite_where=text("until IS NULL"),
    postgresql_where=text("until IS NULL"),
)

openings = Table(
    "openings",
    metadata,
    Column("enrollment_id", ForeignKey("enrollments.id"), primary_key=True),
    Column("lesson_id", Text, primary_key=True),
    Column("at", Utc, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("enrollment_id", ForeignKey("enrollments.id"), primary_key=True),
    Column("lesson_id", Text, primary_key=True),
    Column("at", Utc, nullable=False),
)

# Questions as they were shown, and what was answered.

places = Table(
    "places",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False),
    Column("quiz", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("shows", Id),
    Column("delivery_id", ForeignKey("deliveries.id"), unique=True),
    Column("created_at", Utc, nullable=False),
    Index("ix_places_enrollment_id_quiz", "enrollment_id", "quiz"),
    **NUMBERED,
)

drawings = Table(
    "drawings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("place_id", ForeignKey("places.id"), nullable=False, index=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("shown_order", Json, nullable=False),
    Column("choice", Json),
    Column("hinted", Boolean, nullable=False, server_default=false()),
    Column("drawn_at", Utc, nullable=False),
    Index("ix_drawings_enrollment_id_question_id", "enrollment_id", "question_id"),
    **NUMBERED,
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("drawing_id", ForeignKey("drawings.id"), nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("answer", Json, nullable=False),
    Column("gesture", Text, nullable=False, unique=True),
    Column("at", Utc, nullable=False),
    UniqueConstraint("enrollment_id", "question_id", "run", "n"),
    CheckConstraint("n >= 1", name="n_from_one"),
    **NUMBERED,
)

marks = Table(
    "marks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False, index=True),
    Column("credit", Text, nullable=False),
    Column("levels", Json),
    Column("comment", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
    **NUMBERED,
)

sittings = Table(
    "sittings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("questions", Json, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("deadline", Utc),
    UniqueConstraint("enrollment_id", "run"),
    **NUMBERED,
)

closings = Table(
    "closings",
    metadata,
    Column("sitting_id", ForeignKey("sittings.id"), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("how", Text, nullable=False),
)

awards = Table(
    "awards",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("digest", ForeignKey("course_versions.digest"), nullable=False),
    Column("name", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("enrollment_id", "run"),
    **NUMBERED,
)

# What is owed to whom, and when.

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("what", Json, nullable=False),
    Column("team", Text, nullable=False),
    Column("channel", Text),
    Column("user", Text),
    Column("cohort_id", ForeignKey("cohorts.id"), index=True),
    Column("enrollment_id", ForeignKey("enrollments.id"), index=True),
    Column("after_id", ForeignKey("deliveries.id"), index=True),
    Column("in_thread", Boolean, nullable=False, server_default=false()),
    Column("due_at", Utc, nullable=False),
    Column("expires_at", Utc),
    Column("not_before", Utc),
    Column("state", Text, nullable=False),
    Column("claimed_by", Text),
    Column("claimed_until", Utc),
    Column("sent_at", Utc),
    Column("posted_ts", Text),
    Column("reason", Text),
    Column("told_at", Utc),
    Column("created_at", Utc, nullable=False),
    CheckConstraint("kind IN ('post', 'act')", name="kind"),
    CheckConstraint(
        "state IN ('due', 'claimed', 'posted', 'unknown', 'parked', 'dropped', 'done')", name="state"
    ),
    **NUMBERED,
)
OPEN_STATES = "state IN ('due', 'claimed', 'unknown')"
Index(
    "ix_deliveries_open",
    deliveries.c.state,
    deliveries.c.due_at,
    sqlite_where=text(OPEN_STATES),
    postgresql_where=text(OPEN_STATES),
)
PARKED = "state = 'parked'"
Index("ix_deliveries_parked", deliveries.c.state, sqlite_where=text(PARKED), postgresql_where=text(PARKED))

# Who is gone: that somebody was erased, without the person.

erasures = Table(
    "erasures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("rows", Json, nullable=False),
    **NUMBERED,
)
