/** Instants as people read them, in the zone that the page shows. */

const LOCALE = "en-GB";
const DAY = 86_400_000;
const formatters = new Map();

function format(instant, zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone || undefined }));
  }
  return formatters.get(key).format(instant);
}

/** Returns the instant of a message: its course time, else what its `ts` says. */
export const instantOf = (message) => new Date(message.at ?? Number(message.ts) * 1000);

export const timeOfDay = (instant, zone) => format(instant, zone, { hour: "2-digit", minute: "2-digit" });

export const toTheMillisecond = (instant, zone) =>
  format(instant, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });

/** Returns a key that is equal for two instants of one calendar day in the zone. */
export const dayOf = (instant, zone) => format(instant, zone, { year: "numeric", month: "2-digit", day: "2-digit" });

export const shortDay = (instant, zone) =>
  format(instant, zone, { weekday: "short", day: "numeric", month: "short" });

function longDay(instant, zone) {
  return format(instant, zone, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
}

/** Returns "Today", "Yesterday", "Tomorrow", or null where none of them is right. */
function nearDay(instant, now, zone) {
  const day = dayOf(instant, zone);
  const away = { Today: 0, Yesterday: -DAY, Tomorrow: DAY };
  return Object.keys(away).find((name) => dayOf(new Date(now.getTime() + away[name]), zone) === day) ?? null;
}

export const dayName = (instant, now, zone) => nearDay(instant, now, zone) ?? longDay(instant, zone);

/** Returns an instant in full: "Monday 3 November 2025 at 09:00". */
export function inFull(instant, zone) {
  return `${longDay(instant, zone)} ${format(instant, zone, { year: "numeric" })} at ${timeOfDay(instant, zone)}`;
}

/** Returns how far off an instant is, in the largest unit that fits: "in 5 minutes". */
export function howFar(instant, now) {
  const seconds = Math.round((instant - now) / 1000);
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const DATE_TOKENS = {
  date_num: (at, zone) => format(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at, zone) => format(at, zone, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (at, zone) => format(at, zone, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (at, zone) => `${longDay(at, zone)} ${format(at, zone, { year: "numeric" })}`,
  time: timeOfDay,
  time_secs: (at, zone) => format(at, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago: (at, zone, now) => howFar(at, now),
};

/** Returns Slack's date formatting, as in `{date_short_pretty} at {time}`. */
export function slackDate(seconds, pattern, zone, now) {
  const at = new Date(Number(seconds) * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const near = token.endsWith("_pretty") ? nearDay(at, now, zone) : null;
    const write = DATE_TOKENS[token.replace("_pretty", "")];
    return near?.toLowerCase() ?? write?.(at, zone, now) ?? whole;
  });
}
