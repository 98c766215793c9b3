/** The page's own icons, drawn in lines of the text's colour. */

import { html } from "./vendor/htm-preact.js";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13M3 12.5h13",
  lock: "M5.5 9h9v7.5h-9zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5M8.5 16v-4h3v4",
  message: "M4 4.5h12v9H9.5L6 16.5v-3H4z",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  close: "M5 5l10 10M15 5 5 15",
  send: "M3.5 16.5 17 10 3.5 3.5l1.7 5.3L11 10l-5.8 1.2z",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.2l2.8 1.8",
  forward: "M4 5l5 5-5 5M10.5 5l5 5-5 5",
  day: "M4 5h12v11H4zM4 8.5h12M7.5 3v3M12.5 3v3",
  sun:
    "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v2M10 16v2M2 10h2M16 10h2" +
    "M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4",
  moon: "M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  warning: "M10 3.5 17.5 16.5h-15zM10 8v4M10 14v.6",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9v4.5M10 6.3v.7",
  thread: "M4 4.5h12v8H9.5L6.5 15v-2.5H4zM7 7.5h6M7 9.8h4",
  edit: "M4 16l.8-3.2L13 4.5l2.5 2.5-8.3 8.2zM11.5 6 14 8.5",
  bin: "M4.5 6h11M8 6V4h4v2M5.8 6l.7 10.5h7L14.2 6M8.5 9v5M11.5 9v5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  down: "M5.5 8l4.5 4.5L14.5 8",
  slash: "M12.5 3.5l-5 13",
  code: "M6.5 6 2.5 10l4 4M13.5 6l4 4-4 4M11.5 4.5l-3 11",
  to: "M3.5 10h13M11.5 5l5 5-5 5",
  from: "M16.5 10h-13M8.5 5l-5 5 5 5",
  plug: "M3 10h4M13 10h4M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  file: "M5 3h7l3.5 3.5V17H5zM12 3v3.5h3.5",
};

/** Draws an icon; it says nothing to a screen reader, whose words stand beside it. */
export function Icon({ name }) {
  return html`<svg class=${`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`;
}

/** Draws a button that is an icon alone; the label is its name and what pointing at it shows. */
export function IconButton({ icon, label, press, look = "plain", ...rest }) {
  return html`<button type="button" class=${look} aria-label=${label} title=${label} onClick=${press} ...${rest}>
    <${Icon} name=${icon} />
  </button>`;
}
