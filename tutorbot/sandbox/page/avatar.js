/** The square beside a name: coloured initials for people, a mortarboard for the bot. */

import { html } from "./vendor/htm-preact.js";

const HEX = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Returns whether dark letters read better on a colour than white ones (WCAG's relative luminance). */
function isLight(color) {
  const parts = color?.match(HEX)?.slice(1).map((part) => parseInt(part, 16) / 255) ?? [0, 0, 0];
  const [red, green, blue] = parts.map((part) => (part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

export const initialsOf = (name) =>
  name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");

export function Avatar({ person, bot = false, size = "" }) {
  if (bot) {
    return html`<span class=${`avatar bot ${size}`} aria-hidden="true">
      <svg viewBox="0 0 32 32"><path class="cap" d="M16 8 4.500 13.200 16 18.500l11.500-5.300z" /><path class="body" d="M9.500 17.200v4c0 1.500 2.900 3 6.500 3s6.500-1.500 6.500-3v-4L16 20.400z" /><path class="tassel" d="M25.800 14v6" /></svg>
    </span>`;
  }
  const color = person?.color && HEX.test(person.color) ? `#${person.color.replace("#", "")}` : null;
  return html`<span class=${`avatar ${size} ${isLight(color) ? "light" : ""}`} aria-hidden="true"
    style=${color ? { "--tint": color } : {}}>${person?.initials ?? initialsOf(person?.name ?? "?")}</span>`;
}
