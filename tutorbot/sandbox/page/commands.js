/** The slash commands that the composer offers; what they do is the bot's affair. */

const TUTOR = [
  ["/tutor", "", "What fits where you stand"],
  ["/tutor join", "[course]", "Join a course"],
  ["/tutor next", "", "The next lesson"],
  ["/tutor lesson", "[number or name]", "Read a lesson"],
  ["/tutor quiz", "[lesson]", "Answer review questions"],
  ["/tutor answer", "<letters, number or words>", "Answer the open question"],
  ["/tutor case", "[number]", "Work on a case study"],
  ["/tutor exam", "", "Sit the final exam"],
  ["/tutor progress", "", "Your grade and what is open"],
  ["/tutor syllabus", "", "All lessons: done and open"],
  ["/tutor about", "", "The course, its staff, its grading"],
  ["/tutor pace", "<days> <hour>", "Choose your weekdays and hour"],
  ["/tutor leave", "", "Pause the course"],
  ["/tutor help", "", "Everything the tutor understands"],
];

const STAFF = [["/tutor-admin", "", "Run cohorts, mark work, see how learners do"]];

const listOf = (rows) => rows.map(([command, usage, does]) => ({ command, usage, does }));

/** Returns the commands that what was typed can still become; `had` names those of the app. */
export function commandsFor(typed, had, staff) {
  if (!typed.startsWith("/")) return [];
  return listOf(staff ? [...TUTOR, ...STAFF] : TUTOR)
    .filter(({ command }) => had.includes(command.split(" ")[0]) && command.startsWith(typed.toLowerCase()));
}

/** Returns the name of the command in a message, or null where it is none. */
export const commandIn = (text) => text.match(/^\/[a-z][\w-]*/i)?.[0] ?? null;
