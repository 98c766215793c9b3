/** The square beside a name: coloured initials for people, a mortarboard for the bot. */

import { html } from "./vendor/htm-preact.js";

const HEX = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Returns whether dark letters read better on a colour than white ones (WCAG's relative luminance). */
function isLight(color) {
  const parts = color?.match(HEX)?.slice(1).map((part) => parseInt(part, 16) / 255) ?? [0, 0, 0];
  const [red, green, blue] = parts.map((part) => (part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

const initialsOf = (name) =>
  name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");

export function Avatar({ person, bot = false, size = "" }) {
  if (bot) {
    return html`<span class=${`avatar bot ${size}`} aria-hidden="true">
      <svg viewBox="0 0 32 32">
        <path class="cap" d="M16 8 4.5 13.2 16 18.5l11.5-5.3z" />
        <path class="body" d="M9.5 17.2v4c0 1.5 2.9 3 6.5 3s6.5-1.5 6.5-3v-4L16 20.4z" />
        <path class="tassel" d="M25.8 14v6" />
      </svg>
    </span>`;
  }
  const color = person?.color && HEX.test(person.color) ? `#${person.color.replace("#", "")}` : null;
  return html`<span class=${`avatar ${size} ${isLight(color) ? "light" : ""}`} aria-hidden="true"
    style=${color ? { "--tint": color } : {}}>${person?.initials ?? initialsOf(person?.name ?? "?")}</span>`;
}
