"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

UTC = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBERED = {"sqlite_autoincrement": True}  # no number is given twice: it stands in messages


def upgrade() -> None:
    """Create every table."""
    _create_courses()
    _create_people()
    _create_deliveries()
    _create_questions()
    _create_marks()
    _create_awards()
    _create_erasures()


def _create_courses() -> None:
    """Courses, pinned by the digest of their files."""
    op.create_table(
        "course_versions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("bundled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_course_versions"),
    )
    op.create_table(
        "current_courses",
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_current_courses_digest"),
        sa.PrimaryKeyConstraint("course_id", name="pk_current_courses"),
    )
    op.create_table(
        "pictures",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_pictures"),
    )
    op.create_table(
        "uploads",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("team", "digest", name="pk_uploads"),
    )


def _create_people() -> None:
    """People, and what they take part in."""
    op.create_table(
        "learners",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("direct_channel", sa.Text(), nullable=True),
        sa.Column("last_course", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team", "user", name="pk_learners"),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", ID, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("wall_time", sa.Time(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("skip", sa.Text(), nullable=False),
        sa.Column("per_delivery", sa.Integer(), nullable=False),
        sa.Column("started_at", UTC, nullable=False),
        sa.Column("stopped_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_cohorts_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_cohorts"),
        **NUMBERED,
    )
    op.create_index(
        "uq_cohorts_running",
        "cohorts",
        ["team", "channel"],
        unique=True,
        sqlite_where=sa.text("stopped_at IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "cohort_lessons",
        sa.Column("cohort_id", ID, nullable=False),
        sa.Column("lesson_id", sa.Text(), nullable=False),
        sa.Column("opens_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name="fk_cohort_lessons_cohort_id"),
        sa.PrimaryKeyConstraint("cohort_id", "lesson_id", name="pk_cohort_lessons"),
    )
    op.create_table(
        "enrollments",
        sa.Column("id", ID, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("joined_at", UTC, nullable=False),
        sa.Column("badge_in_channel", sa.Boolean(), nullable=True),
        sa.Column("pace_days", sa.Text(), nullable=True),
        sa.Column("pace_time", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_enrollments_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_enrollments"),
        sa.UniqueConstraint("team", "user", "course_id", name="uq_enrollments_team_user_course_id"),
        **NUMBERED,
    )
    op.create_table(
        "memberships",
        sa.Column("id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("cohort_id", ID, nullable=True),
        sa.Column("since", UTC, nullable=False),
        sa.Column("until", UTC, nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name="fk_memberships_cohort_id"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_memberships_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        **NUMBERED,
    )
    op.create_index("ix_memberships_cohort_id", "memberships", ["cohort_id"], unique=False)
    op.create_index("ix_memberships_enrollment_id", "memberships", ["enrollment_id"], unique=False)
    op.create_index(
        "uq_memberships_open",
        "memberships",
        ["enrollment_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "openings",
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("lesson_id", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_openings_enrollment_id"),
        sa.PrimaryKeyConstraint("enrollment_id", "lesson_id", name="pk_openings"),
    )
    op.create_table(
        "readings",
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("lesson_id", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_readings_enrollment_id"),
        sa.PrimaryKeyConstraint("enrollment_id", "lesson_id", name="pk_readings"),
    )


def _create_deliveries() -> None:
    """What is owed to whom, and when."""
    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("user", sa.Text(), nullable=True),
        sa.Column("cohort_id", ID, nullable=True),
        sa.Column("enrollment_id", ID, nullable=True),
        sa.Column("after_id", ID, nullable=True),
        sa.Column("in_thread", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=True),
        sa.Column("not_before", UTC, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", UTC, nullable=True),
        sa.Column("sent_at", UTC, nullable=True),
        sa.Column("posted_ts", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("told_at", UTC, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.CheckConstraint("kind IN ('post', 'act')", name="ck_deliveries_kind"),
        sa.CheckConstraint(
            "state IN ('due', 'claimed', 'posted', 'unknown', 'parked', 'dropped', 'done')",
            name="ck_deliveries_state",
        ),
        sa.ForeignKeyConstraint(["after_id"], ["deliveries.id"], name="fk_deliveries_after_id"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name="fk_deliveries_cohort_id"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_deliveries_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        **NUMBERED,
    )
    op.create_index("ix_deliveries_after_id", "deliveries", ["after_id"], unique=False)
    op.create_index("ix_deliveries_cohort_id", "deliveries", ["cohort_id"], unique=False)
    op.create_index("ix_deliveries_enrollment_id", "deliveries", ["enrollment_id"], unique=False)
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["state", "due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'claimed', 'unknown')"),
        postgresql_where=sa.text("state IN ('due', 'claimed', 'unknown')"),
    )
    op.create_index(
        "ix_deliveries_parked",
        "deliveries",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    )


def _create_questions() -> None:
    """Questions as they were shown, and what was answered."""
    op.create_table(
        "places",
        sa.Column("id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("quiz", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("shows", ID, nullable=True),
        sa.Column("delivery_id", ID, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_places_delivery_id"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_places_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.UniqueConstraint("delivery_id", name="uq_places_delivery_id"),
        **NUMBERED,
    )
    op.create_index("ix_places_enrollment_id_quiz", "places", ["enrollment_id", "quiz"], unique=False)
    op.create_table(
        "drawings",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("shown_order", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("hinted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("drawn_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_drawings_digest"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_drawings_enrollment_id"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_drawings_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drawings"),
        **NUMBERED,
    )
    op.create_index(
        "ix_drawings_enrollment_id_question_id", "drawings", ["enrollment_id", "question_id"], unique=False
    )
    op.create_index("ix_drawings_place_id", "drawings", ["place_id"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("drawing_id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("gesture", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.CheckConstraint("n >= 1", name="ck_attempts_n_from_one"),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_attempts_digest"),
        sa.ForeignKeyConstraint(["drawing_id"], ["drawings.id"], name="fk_attempts_drawing_id"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_attempts_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint(
            "enrollment_id", "question_id", "run", "n", name="uq_attempts_enrollment_id_question_id_run_n"
        ),
        sa.UniqueConstraint("gesture", name="uq_attempts_gesture"),
        **NUMBERED,
    )
    op.create_table(
        "sittings",
        sa.Column("id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("started_at", UTC, nullable=False),
        sa.Column("deadline", UTC, nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_sittings_digest"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_sittings_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sittings"),
        sa.UniqueConstraint("enrollment_id", "run", name="uq_sittings_enrollment_id_run"),
        **NUMBERED,
    )
    op.create_table(
        "closings",
        sa.Column("sitting_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name="fk_closings_sitting_id"),
        sa.PrimaryKeyConstraint("sitting_id", name="pk_closings"),
    )


def _create_marks() -> None:
    """What staff gave for written answers."""
    op.create_table(
        "marks",
        sa.Column("id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_marks_attempt_id"),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        **NUMBERED,
    )
    op.create_index("ix_marks_attempt_id", "marks", ["attempt_id"])


def _create_awards() -> None:
    """Who passed."""
    op.create_table(
        "awards",
        sa.Column("id", ID, nullable=False),
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["course_versions.digest"], name="fk_awards_digest"),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_awards_enrollment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_awards"),
        sa.UniqueConstraint("enrollment_id", "run", name="uq_awards_enrollment_id_run"),
        **NUMBERED,
    )


def _create_erasures() -> None:
    """That somebody was erased, without the person."""
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        **NUMBERED,
    )
