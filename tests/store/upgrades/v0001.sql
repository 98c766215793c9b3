BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	enrollment_id INTEGER NOT NULL, 
	question_id TEXT NOT NULL, 
	run INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	drawing_id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	answer TEXT NOT NULL, 
	gesture TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT ck_attempts_n_from_one CHECK (n >= 1), 
	CONSTRAINT fk_attempts_digest FOREIGN KEY(digest) REFERENCES course_versions (digest), 
	CONSTRAINT fk_attempts_drawing_id FOREIGN KEY(drawing_id) REFERENCES drawings (id), 
	CONSTRAINT fk_attempts_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT uq_attempts_enrollment_id_question_id_run_n UNIQUE (enrollment_id, question_id, run, n), 
	CONSTRAINT uq_attempts_gesture UNIQUE (gesture)
);
INSERT INTO "attempts" VALUES(1,1,'q1',1,1,1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["right"]}','gesture-3','2026-11-03 08:03:00.000000');
INSERT INTO "attempts" VALUES(2,1,'q2',1,1,2,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["right"]}','gesture-6','2026-11-04 08:06:00.000000');
INSERT INTO "attempts" VALUES(3,1,'w1',1,1,3,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"typed": "Because it is told as it was."}','gesture-8','2026-11-04 08:08:00.000000');
INSERT INTO "attempts" VALUES(4,1,'e1',1,1,4,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["right"]}','gesture-10','2026-11-04 08:10:00.000000');
INSERT INTO "attempts" VALUES(5,1,'e2',1,1,5,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["right"]}','gesture-11','2026-11-04 08:11:00.000000');
INSERT INTO "attempts" VALUES(6,2,'q1',1,1,6,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["other"]}','gesture-14','2026-11-05 08:14:00.000000');
INSERT INTO "attempts" VALUES(7,2,'q2',1,1,7,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"chosen": ["other"]}','gesture-17','2026-11-06 08:17:00.000000');
CREATE TABLE awards (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	enrollment_id INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_awards_digest FOREIGN KEY(digest) REFERENCES course_versions (digest), 
	CONSTRAINT fk_awards_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT uq_awards_enrollment_id_run UNIQUE (enrollment_id, run)
);
INSERT INTO "awards" VALUES(1,1,1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','Anna Muster','95','2026-11-04 08:11:00.000000');
CREATE TABLE closings (
	sitting_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	how TEXT NOT NULL, 
	CONSTRAINT pk_closings PRIMARY KEY (sitting_id), 
	CONSTRAINT fk_closings_sitting_id FOREIGN KEY(sitting_id) REFERENCES sittings (id)
);
INSERT INTO "closings" VALUES(1,'2026-11-04 08:11:00.000000','handed in');
CREATE TABLE cohort_lessons (
	cohort_id INTEGER NOT NULL, 
	lesson_id TEXT NOT NULL, 
	opens_at DATETIME NOT NULL, 
	CONSTRAINT pk_cohort_lessons PRIMARY KEY (cohort_id, lesson_id), 
	CONSTRAINT fk_cohort_lessons_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohorts (id)
);
INSERT INTO "cohort_lessons" VALUES(1,'l1','2026-11-02 08:00:00.000000');
INSERT INTO "cohort_lessons" VALUES(1,'l2','2026-11-03 08:00:00.000000');
CREATE TABLE cohorts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	course_id TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	days TEXT NOT NULL, 
	wall_time TIME NOT NULL, 
	zone TEXT NOT NULL, 
	start DATE NOT NULL, 
	skip TEXT NOT NULL, 
	per_delivery INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	stopped_at DATETIME, 
	CONSTRAINT fk_cohorts_digest FOREIGN KEY(digest) REFERENCES course_versions (digest)
);
INSERT INTO "cohorts" VALUES(1,'T1','C1','es','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','12345','09:00:00.000000','Europe/Zurich','2026-11-02','[]',1,'2026-11-02 08:00:00.000000',NULL);
CREATE TABLE course_versions (
	digest VARCHAR(64) NOT NULL, 
	course_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	document TEXT NOT NULL, 
	bundled BOOLEAN DEFAULT 0 NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_course_versions PRIMARY KEY (digest)
);
INSERT INTO "course_versions" VALUES('dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','es','Event sourcing','{"format":1,"course":{"is":"Course","id":"es","title":"Event sourcing","tagline":"What happened, and in which order.","about":[],"gives":[],"effort":"An hour","staff":[],"information":[],"scheme":{"is":"Scheme","parts":[{"is":"Part","kind":"review questions","title":"review questions","weight":40},{"is":"Part","kind":"case study","title":"case study","weight":20},{"is":"Part","kind":"final exam","title":"final exam","weight":40}],"pass_mark":"75"},"policies":[],"badge":{"is":"Badge","title":"Event sourcerer","text":[],"colour":"#203040","accent":"#f0c040"},"syllabus":[],"modules":[{"is":"Module","id":"m1","title":"Events","summary":[],"lessons":[{"is":"Lesson","id":"l1","title":"Events","topic":"events","minutes":5,"summary":[],"text":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"questions":[{"is":"Question","id":"q1","kind":"one","topic":"events","level":"apply","prompt":[{"is":"Paragraph","spans":[{"is":"Span","text":"What is it?"}]}],"explanation":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"points":1,"tries":2,"options":[{"is":"Option","id":"right","text":[{"is":"Span","text":"An event"}],"right":true,"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It has happened."}]}]},{"is":"Option","id":"wrong","text":[{"is":"Span","text":"A command"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It can be refused."}]}]},{"is":"Option","id":"other","text":[{"is":"Span","text":"A query"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It changes nothing."}]}]}],"shuffle":true}]},{"is":"Lesson","id":"l2","title":"Events","topic":"events","minutes":5,"summary":[],"text":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"questions":[{"is":"Question","id":"q2","kind":"one","topic":"events","level":"apply","prompt":[{"is":"Paragraph","spans":[{"is":"Span","text":"What is it?"}]}],"explanation":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"points":1,"tries":2,"options":[{"is":"Option","id":"right","text":[{"is":"Span","text":"An event"}],"right":true,"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It has happened."}]}]},{"is":"Option","id":"wrong","text":[{"is":"Span","text":"A command"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It can be refused."}]}]},{"is":"Option","id":"other","text":[{"is":"Span","text":"A query"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It changes nothing."}]}]}],"shuffle":true}]}]}],"case_study":{"is":"CaseStudy","id":"shop","title":"The shop","text":[],"exercises":[{"is":"Exercise","id":"x1","title":"Orders","minutes":10,"text":[],"questions":[{"is":"Question","id":"w1","kind":"written","topic":"events","level":"apply","prompt":[{"is":"Paragraph","spans":[{"is":"Span","text":"What is it?"}]}],"explanation":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"points":1,"tries":1,"shuffle":true,"model":[{"is":"Paragraph","spans":[{"is":"Span","text":"It can be read again."}]}]}]}]},"exam":{"is":"Exam","pool":[{"is":"Question","id":"e1","kind":"one","topic":"events","level":"apply","prompt":[{"is":"Paragraph","spans":[{"is":"Span","text":"What is it?"}]}],"explanation":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"points":1,"tries":2,"options":[{"is":"Option","id":"right","text":[{"is":"Span","text":"An event"}],"right":true,"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It has happened."}]}]},{"is":"Option","id":"wrong","text":[{"is":"Span","text":"A command"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It can be refused."}]}]},{"is":"Option","id":"other","text":[{"is":"Span","text":"A query"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It changes nothing."}]}]}],"shuffle":true},{"is":"Question","id":"e2","kind":"one","topic":"events","level":"apply","prompt":[{"is":"Paragraph","spans":[{"is":"Span","text":"What is it?"}]}],"explanation":[{"is":"Paragraph","spans":[{"is":"Span","text":"An event has happened."}]}],"points":1,"tries":2,"options":[{"is":"Option","id":"right","text":[{"is":"Span","text":"An event"}],"right":true,"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It has happened."}]}]},{"is":"Option","id":"wrong","text":[{"is":"Span","text":"A command"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It can be refused."}]}]},{"is":"Option","id":"other","text":[{"is":"Span","text":"A query"}],"feedback":[{"is":"Paragraph","spans":[{"is":"Span","text":"It changes nothing."}]}]}],"shuffle":true}],"draws":[{"is":"Draw","topic":"events","count":2}]},"text_in":"direct"}}',0,'2026-11-02 08:00:00.000000');
CREATE TABLE current_courses (
	course_id TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_current_courses PRIMARY KEY (course_id), 
	CONSTRAINT fk_current_courses_digest FOREIGN KEY(digest) REFERENCES course_versions (digest)
);
INSERT INTO "current_courses" VALUES('es','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd');
CREATE TABLE deliveries (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	what TEXT NOT NULL, 
	team TEXT NOT NULL, 
	channel TEXT, 
	user TEXT, 
	cohort_id INTEGER, 
	enrollment_id INTEGER, 
	after_id INTEGER, 
	in_thread BOOLEAN DEFAULT 0 NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	not_before DATETIME, 
	state TEXT NOT NULL, 
	claimed_by TEXT, 
	claimed_until DATETIME, 
	sent_at DATETIME, 
	posted_ts TEXT, 
	reason TEXT, 
	told_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT ck_deliveries_kind CHECK (kind IN ('post', 'act')), 
	CONSTRAINT ck_deliveries_state CHECK (state IN ('due', 'claimed', 'posted', 'unknown', 'parked', 'dropped', 'done')), 
	CONSTRAINT fk_deliveries_after_id FOREIGN KEY(after_id) REFERENCES deliveries (id), 
	CONSTRAINT fk_deliveries_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohorts (id), 
	CONSTRAINT fk_deliveries_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT uq_deliveries_key UNIQUE ("key")
);
INSERT INTO "deliveries" VALUES(1,'cohort/1/welcome','post','{"cohort": 1, "show": "cohort welcome"}','T1','C1',NULL,1,NULL,NULL,0,'2026-11-02 08:00:00.000000',NULL,NULL,'due',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(2,'cohort/1/lesson/l1','post','{"cohort": 1, "lesson": "l1", "show": "lesson card"}','T1','C1',NULL,1,NULL,NULL,0,'2026-11-02 08:00:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000001',NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(3,'cohort/1/lesson/l2','post','{"cohort": 1, "lesson": "l2", "show": "lesson card"}','T1','C1',NULL,1,NULL,NULL,0,'2026-11-03 08:00:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000005',NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(4,'enrollment/1/joined/2026-11-02T08:00:00+00:00','post','{"enrollment": 1, "resumed": false, "show": "joined"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-02 08:00:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000002',NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(5,'enrollment/2/joined/2026-11-02T08:00:00+00:00','post','{"enrollment": 2, "resumed": false, "show": "joined"}','T1','DU2BEN','U2BEN',NULL,2,NULL,0,'2026-11-02 08:00:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000003',NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(6,'enrollment/3/joined/2026-11-02T08:00:00+00:00','post','{"enrollment": 3, "resumed": false, "show": "joined"}','T1','DU3CARA','U3CARA',NULL,3,NULL,0,'2026-11-02 08:00:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000004',NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(7,'enrollment/3/paced/[1, 3] 09:00:00/2026-11-04T08:00:00+00:00','act','{"pace": "[1, 3] 09:00:00", "show": "paced lesson"}','T1',NULL,'U3CARA',NULL,3,NULL,0,'2026-11-04 08:00:00.000000',NULL,NULL,'due',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-02 08:00:00.000000');
INSERT INTO "deliveries" VALUES(8,'ask/1/lesson/l1/gesture-1/1','post','{"digest": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "enrollment": 1, "lesson": "l1", "part": 1, "show": "lesson text"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-03 08:01:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000006',NULL,NULL,'2026-11-03 08:01:00.000000');
INSERT INTO "deliveries" VALUES(9,'ask/1/quiz/lesson:l1/gesture-2','post','{"place": 1, "show": "place"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-03 08:02:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000007',NULL,NULL,'2026-11-03 08:02:00.000000');
INSERT INTO "deliveries" VALUES(10,'ask/1/lesson/l2/gesture-4/1','post','{"digest": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "enrollment": 1, "lesson": "l2", "part": 1, "show": "lesson text"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:04:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000009',NULL,NULL,'2026-11-04 08:04:00.000000');
INSERT INTO "deliveries" VALUES(11,'ask/1/quiz/lesson:l2/gesture-5','post','{"place": 2, "show": "place"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:05:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000010',NULL,NULL,'2026-11-04 08:05:00.000000');
INSERT INTO "deliveries" VALUES(12,'ask/1/quiz/exercise:x1/gesture-7','post','{"place": 3, "show": "place"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:07:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000011',NULL,NULL,'2026-11-04 08:07:00.000000');
INSERT INTO "deliveries" VALUES(13,'mark/1','post','{"mark": 1, "show": "marked"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:08:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000012',NULL,NULL,'2026-11-04 08:08:00.000000');
INSERT INTO "deliveries" VALUES(14,'ask/1/quiz/exam/gesture-9','post','{"place": 4, "show": "place"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:09:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000013',NULL,NULL,'2026-11-04 08:09:00.000000');
INSERT INTO "deliveries" VALUES(15,'sitting/1/result','post','{"enrollment": 1, "show": "exam result"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:11:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000014',NULL,NULL,'2026-11-04 08:11:00.000000');
INSERT INTO "deliveries" VALUES(16,'award/1/1/own','post','{"award": 1, "own": true, "show": "badge"}','T1','DU1ANNA','U1ANNA',NULL,1,NULL,0,'2026-11-04 08:11:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000015',NULL,NULL,'2026-11-04 08:11:00.000000');
INSERT INTO "deliveries" VALUES(17,'ask/2/lesson/l1/gesture-12/1','post','{"digest": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "enrollment": 2, "lesson": "l1", "part": 1, "show": "lesson text"}','T1','DU2BEN','U2BEN',NULL,2,NULL,0,'2026-11-05 08:12:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000016',NULL,NULL,'2026-11-05 08:12:00.000000');
INSERT INTO "deliveries" VALUES(18,'ask/2/quiz/lesson:l1/gesture-13','post','{"place": 5, "show": "place"}','T1','DU2BEN','U2BEN',NULL,2,NULL,0,'2026-11-05 08:13:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000017',NULL,NULL,'2026-11-05 08:13:00.000000');
INSERT INTO "deliveries" VALUES(19,'ask/2/lesson/l2/gesture-15/1','post','{"digest": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "enrollment": 2, "lesson": "l2", "part": 1, "show": "lesson text"}','T1','DU2BEN','U2BEN',NULL,2,NULL,0,'2026-11-06 08:15:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000018',NULL,NULL,'2026-11-06 08:15:00.000000');
INSERT INTO "deliveries" VALUES(20,'ask/2/quiz/lesson:l2/gesture-16','post','{"place": 6, "show": "place"}','T1','DU2BEN','U2BEN',NULL,2,NULL,0,'2026-11-06 08:16:00.000000',NULL,NULL,'posted',NULL,NULL,NULL,'1793600000.000019',NULL,NULL,'2026-11-06 08:16:00.000000');
CREATE TABLE drawings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	place_id INTEGER NOT NULL, 
	enrollment_id INTEGER NOT NULL, 
	question_id TEXT NOT NULL, 
	run INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	shown_order TEXT NOT NULL, 
	choice TEXT, 
	hinted BOOLEAN DEFAULT 0 NOT NULL, 
	drawn_at DATETIME NOT NULL, 
	CONSTRAINT fk_drawings_digest FOREIGN KEY(digest) REFERENCES course_versions (digest), 
	CONSTRAINT fk_drawings_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT fk_drawings_place_id FOREIGN KEY(place_id) REFERENCES places (id)
);
INSERT INTO "drawings" VALUES(1,1,1,'q1',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["wrong", "other", "right"]',NULL,0,'2026-11-03 08:02:00.000000');
INSERT INTO "drawings" VALUES(2,2,1,'q2',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["other", "right", "wrong"]',NULL,0,'2026-11-04 08:05:00.000000');
INSERT INTO "drawings" VALUES(3,3,1,'w1',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','[]',NULL,0,'2026-11-04 08:07:00.000000');
INSERT INTO "drawings" VALUES(4,4,1,'e1',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["right", "wrong", "other"]',NULL,0,'2026-11-04 08:09:00.000000');
INSERT INTO "drawings" VALUES(5,4,1,'e2',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["wrong", "other", "right"]',NULL,0,'2026-11-04 08:10:00.000000');
INSERT INTO "drawings" VALUES(6,5,2,'q1',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["other", "right", "wrong"]',NULL,0,'2026-11-05 08:13:00.000000');
INSERT INTO "drawings" VALUES(7,6,2,'q2',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["right", "other", "wrong"]',NULL,0,'2026-11-06 08:16:00.000000');
CREATE TABLE enrollments (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	course_id TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	joined_at DATETIME NOT NULL, 
	badge_in_channel BOOLEAN, 
	pace_days TEXT, 
	pace_time TIME, 
	CONSTRAINT fk_enrollments_digest FOREIGN KEY(digest) REFERENCES course_versions (digest), 
	CONSTRAINT uq_enrollments_team_user_course_id UNIQUE (team, user, course_id)
);
INSERT INTO "enrollments" VALUES(1,'T1','U1ANNA','es','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-11-02 08:00:00.000000',NULL,NULL,NULL);
INSERT INTO "enrollments" VALUES(2,'T1','U2BEN','es','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-11-02 08:00:00.000000',NULL,NULL,NULL);
INSERT INTO "enrollments" VALUES(3,'T1','U3CARA','es','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-11-02 08:00:00.000000',NULL,'13','09:00:00.000000');
CREATE TABLE erasures (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	rows TEXT NOT NULL
);
INSERT INTO "erasures" VALUES(1,'2026-11-06 08:17:00.000000','olga','{"learners": 1}');
CREATE TABLE learners (
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	zone TEXT DEFAULT 'UTC' NOT NULL, 
	direct_channel TEXT, 
	last_course TEXT, 
	CONSTRAINT pk_learners PRIMARY KEY (team, user)
);
INSERT INTO "learners" VALUES('T1','U1ANNA','Anna Muster','Europe/Zurich','DU1ANNA','es');
INSERT INTO "learners" VALUES('T1','U2BEN','Ben Größe','Europe/Zurich',NULL,'es');
INSERT INTO "learners" VALUES('T1','U3CARA','Cara','Europe/Zurich',NULL,'es');
CREATE TABLE marks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	attempt_id INTEGER NOT NULL, 
	credit TEXT NOT NULL, 
	levels TEXT, 
	comment TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_marks_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempts (id)
);
INSERT INTO "marks" VALUES(1,3,'3/4',NULL,'Clear.','sam','2026-11-04 08:08:00.000000');
CREATE TABLE memberships (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	enrollment_id INTEGER NOT NULL, 
	cohort_id INTEGER, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	CONSTRAINT fk_memberships_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohorts (id), 
	CONSTRAINT fk_memberships_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id)
);
INSERT INTO "memberships" VALUES(1,1,NULL,'2026-11-02 08:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(2,2,1,'2026-11-02 08:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(3,3,NULL,'2026-11-02 08:00:00.000000','2026-11-02 08:00:00.000000');
CREATE TABLE openings (
	enrollment_id INTEGER NOT NULL, 
	lesson_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_openings PRIMARY KEY (enrollment_id, lesson_id), 
	CONSTRAINT fk_openings_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id)
);
INSERT INTO "openings" VALUES(1,'l1','2026-11-03 08:01:00.000000');
INSERT INTO "openings" VALUES(1,'l2','2026-11-04 08:04:00.000000');
INSERT INTO "openings" VALUES(2,'l1','2026-11-05 08:12:00.000000');
INSERT INTO "openings" VALUES(2,'l2','2026-11-06 08:15:00.000000');
CREATE TABLE pictures (
	digest VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_pictures PRIMARY KEY (digest)
);
INSERT INTO "pictures" VALUES('pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','a.svg','image/svg+xml',X'3C7376672F3E');
CREATE TABLE places (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	enrollment_id INTEGER NOT NULL, 
	quiz TEXT NOT NULL, 
	run INTEGER NOT NULL, 
	shows INTEGER, 
	delivery_id INTEGER, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_places_delivery_id FOREIGN KEY(delivery_id) REFERENCES deliveries (id), 
	CONSTRAINT fk_places_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT uq_places_delivery_id UNIQUE (delivery_id)
);
INSERT INTO "places" VALUES(1,1,'lesson:l1',1,1,9,'2026-11-03 08:02:00.000000');
INSERT INTO "places" VALUES(2,1,'lesson:l2',1,2,11,'2026-11-04 08:05:00.000000');
INSERT INTO "places" VALUES(3,1,'exercise:x1',1,3,12,'2026-11-04 08:07:00.000000');
INSERT INTO "places" VALUES(4,1,'exam',1,NULL,14,'2026-11-04 08:09:00.000000');
INSERT INTO "places" VALUES(5,2,'lesson:l1',1,6,18,'2026-11-05 08:13:00.000000');
INSERT INTO "places" VALUES(6,2,'lesson:l2',1,7,20,'2026-11-06 08:16:00.000000');
CREATE TABLE readings (
	enrollment_id INTEGER NOT NULL, 
	lesson_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_readings PRIMARY KEY (enrollment_id, lesson_id), 
	CONSTRAINT fk_readings_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id)
);
INSERT INTO "readings" VALUES(1,'l1','2026-11-03 08:01:00.000000');
INSERT INTO "readings" VALUES(1,'l2','2026-11-04 08:04:00.000000');
INSERT INTO "readings" VALUES(2,'l1','2026-11-05 08:12:00.000000');
INSERT INTO "readings" VALUES(2,'l2','2026-11-06 08:15:00.000000');
CREATE TABLE sittings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	enrollment_id INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	questions TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	deadline DATETIME, 
	CONSTRAINT fk_sittings_digest FOREIGN KEY(digest) REFERENCES course_versions (digest), 
	CONSTRAINT fk_sittings_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id), 
	CONSTRAINT uq_sittings_enrollment_id_run UNIQUE (enrollment_id, run)
);
INSERT INTO "sittings" VALUES(1,1,1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','["e1", "e2"]','2026-11-04 08:09:00.000000',NULL);
CREATE TABLE uploads (
	team TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	file_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_uploads PRIMARY KEY (team, digest)
);
INSERT INTO "uploads" VALUES('T1','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','F1','2026-11-06 08:17:00.000000');
CREATE UNIQUE INDEX uq_cohorts_running ON cohorts (team, channel) WHERE stopped_at IS NULL;
CREATE INDEX ix_memberships_cohort_id ON memberships (cohort_id);
CREATE INDEX ix_memberships_enrollment_id ON memberships (enrollment_id);
CREATE UNIQUE INDEX uq_memberships_open ON memberships (enrollment_id) WHERE until IS NULL;
CREATE INDEX ix_deliveries_after_id ON deliveries (after_id);
CREATE INDEX ix_deliveries_cohort_id ON deliveries (cohort_id);
CREATE INDEX ix_deliveries_enrollment_id ON deliveries (enrollment_id);
CREATE INDEX ix_deliveries_open ON deliveries (state, due_at) WHERE state IN ('due', 'claimed', 'unknown');
CREATE INDEX ix_deliveries_parked ON deliveries (state) WHERE state = 'parked';
CREATE INDEX ix_places_enrollment_id_quiz ON places (enrollment_id, quiz);
CREATE INDEX ix_drawings_enrollment_id_question_id ON drawings (enrollment_id, question_id);
CREATE INDEX ix_drawings_place_id ON drawings (place_id);
CREATE INDEX ix_marks_attempt_id ON marks (attempt_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('cohorts',1);
INSERT INTO "sqlite_sequence" VALUES('deliveries',20);
INSERT INTO "sqlite_sequence" VALUES('enrollments',3);
INSERT INTO "sqlite_sequence" VALUES('memberships',3);
INSERT INTO "sqlite_sequence" VALUES('places',6);
INSERT INTO "sqlite_sequence" VALUES('drawings',7);
INSERT INTO "sqlite_sequence" VALUES('attempts',7);
INSERT INTO "sqlite_sequence" VALUES('marks',1);
INSERT INTO "sqlite_sequence" VALUES('sittings',1);
INSERT INTO "sqlite_sequence" VALUES('awards',1);
INSERT INTO "sqlite_sequence" VALUES('erasures',1);
COMMIT;
