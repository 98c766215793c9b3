/** The emoji that are written as :shortcodes:. */

const EMOJI = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_left: "⬅️", arrow_right: "➡️", bar_chart: "📊", bell: "🔔",
  black_square_button: "🔲", blue_book: "📘", book: "📖", bookmark: "🔖", books: "📚", brain: "🧠", bulb: "💡",
  calendar: "📅", clap: "👏", clipboard: "📋", clock9: "🕘", closed_book: "📕", compass: "🧭", confetti_ball: "🎊",
  dart: "🎯", eyes: "👀", fire: "🔥", grey_question: "❔", hammer_and_wrench: "🛠️", heart: "❤️",
  heavy_check_mark: "✔️", hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ️", key: "🔑",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍",
  mailbox: "📫", medal: "🏅", memo: "📝", mortar_board: "🎓", muscle: "💪", no_entry: "⛔", no_entry_sign: "🚫",
  open_book: "📖", pencil: "📝", pencil2: "✏️", point_down: "👇", point_right: "👉", pushpin: "📌",
  question: "❓", raised_hands: "🙌", red_circle: "🔴", repeat: "🔁", rocket: "🚀", seedling: "🌱", sos: "🆘",
  sparkles: "✨", speech_balloon: "💬", star: "⭐", star2: "🌟", stopwatch: "⏱️", sunrise: "🌅", tada: "🎉",
  thinking_face: "🤔", thumbsdown: "👎", thumbsup: "👍", trophy: "🏆", unlock: "🔓", warning: "⚠️", wave: "👋",
  white_check_mark: "✅", white_circle: "⚪", world_map: "🗺️", x: "❌", zap: "⚡", slightly_smiling_face: "🙂",
  smile: "😄", grinning: "😀", 100: "💯",
};

/** Returns the emoji of that name, or null. */
export const emojiNamed = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);

/** Replaces the shortcodes in plain text; one that is not known stays as it is. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiNamed(name) ?? whole);
