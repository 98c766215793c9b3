/** Draws rich text blocks. */

import { html } from "./vendor/htm-preact.js";
import { emojiNamed } from "./emoji.js";
import { ChannelName, Code, Link, SlackDate, UserName, lines } from "./text.js";

/** Draws the elements of a rich text block; `tail` ends its last line. */
export function RichText({ elements, tail = null }) {
  const inLine = elements.at(-1)?.type === "rich_text_section";
  return html`<div class="rich text">
    ${(inLine ? elements.slice(0, -1) : elements).map(drawPart)}
    ${inLine && html`<div class="rich-section">${elements.at(-1).elements.map(drawInline)}${tail}</div>`}
    ${!inLine && tail}
  </div>`;
}

const PARTS = {
  rich_text_section: (part) => html`<div class="rich-section">${part.elements.map(drawInline)}</div>`,
  rich_text_quote: (part) => html`<blockquote>${part.elements.map(drawInline)}</blockquote>`,
  rich_text_preformatted: (part) =>
    html`<${Code} text=${part.elements.map(wordsOf).join("")} language=${part.language} />`,
  rich_text_list: (part) => drawList(part),
};

function drawPart(part) {
  return PARTS[part.type]?.(part) ?? html`<p class="unknown">This kind of text (${part.type}) is not drawn here.</p>`;
}

function drawList({ style, indent = 0, offset = 0, border = 0, elements }) {
  const look = `rich-list indent-${Math.min(indent, 8)} level-${indent % 3} ${border ? "bordered" : ""}`;
  const items = elements.map((item) => html`<li>${(item.elements ?? []).map(drawInline)}</li>`);
  return style === "ordered"
    ? html`<ol class=${look} start=${offset + 1}>${items}</ol>`
    : html`<ul class=${look}>${items}</ul>`;
}

const wordsOf = (element) => element.text ?? element.url ?? "";

const INLINE = {
  text: ({ text, style }) => (style?.code ? text : lines(text)),
  link: ({ url, text }) => html`<${Link} url=${url}>${text || url}<//>`,
  emoji: ({ name, unicode }) => emojiNamed(name) ?? fromUnicode(unicode) ?? `:${name}:`,
  user: ({ user_id: id }) => html`<${UserName} id=${id} />`,
  channel: ({ channel_id: id }) => html`<${ChannelName} id=${id} />`,
  broadcast: ({ range }) => html`<b class="mention broadcast">@${range}</b>`,
  usergroup: () => html`<b class="mention broadcast">@group</b>`,
  date: ({ timestamp, format, url, fallback }) =>
    html`<${SlackDate} seconds=${timestamp} pattern=${format} url=${url} label=${fallback} />`,
  color: ({ value }) => html`<code>${value}</code>`,
};

/** Returns an emoji from Slack's hexadecimal form, as in `1f44b-1f3fd`. */
const fromUnicode = (codes) => codes && String.fromCodePoint(...codes.split("-").map((code) => parseInt(code, 16)));

function drawInline(element) {
  const draw = INLINE[element.type];
  const drawn = draw ? draw(element) : html`<span class="unknown">${wordsOf(element)}</span>`;
  return STYLES.reduce((inner, [name, wrap]) => (element.style?.[name] ? wrap(inner) : inner), drawn);
}

const STYLES = [
  ["code", (inner) => html`<code>${inner}</code>`],
  ["strike", (inner) => html`<s>${inner}</s>`],
  ["underline", (inner) => html`<u>${inner}</u>`],
  ["italic", (inner) => html`<em>${inner}</em>`],
  ["bold", (inner) => html`<strong>${inner}</strong>`],
];
