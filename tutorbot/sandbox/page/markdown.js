/** Draws the markdown block: headings, lists, quotes, code, rules, and the usual styles. */

import { html } from "./vendor/htm-preact.js";
import { withEmoji } from "./emoji.js";
import { Code, Link, lines } from "./text.js";

export function Markdown({ text }) {
  return html`<div class="markdown text">${blocksOf(text.split("\n"))}</div>`;
}

function blocksOf(rows) {
  const drawn = [];
  for (let at = 0; at < rows.length; ) {
    const [taken, node] = KINDS.map((kind) => kind(rows.slice(at))).find(([count]) => count > 0);
    if (node) drawn.push(node);
    at += taken;
  }
  return drawn;
}

const NONE = [0, null];

const leading = (rows, test) => {
  const end = rows.findIndex((row) => !test(row));
  return end < 0 ? rows.length : end;
};

function fence(rows) {
  const open = rows[0].match(/^```(\w*)\s*$/);
  if (!open) return NONE;
  const end = rows.findIndex((row, n) => n > 0 && /^```\s*$/.test(row));
  const last = end < 0 ? rows.length : end;
  return [last + 1, html`<${Code} text=${rows.slice(1, last).join("\n")} language=${open[1] || null} />`];
}

function heading(rows) {
  const match = rows[0].match(/^(#{1,6})\s+(.+)$/);
  return match ? [1, html`<h4 class=${`level-${match[1].length}`}>${inline(match[2])}</h4>`] : NONE;
}

const rule = (rows) => (/^(-{3,}|\*{3,}|_{3,})\s*$/.test(rows[0]) ? [1, html`<hr />`] : NONE);

const blank = (rows) => [leading(rows, (row) => !row.trim()), null];

function quote(rows) {
  const count = leading(rows, (row) => row.startsWith(">"));
  if (!count) return NONE;
  const quoted = rows.slice(0, count).map((row) => row.replace(/^> ?/, ""));
  return [count, html`<blockquote>${blocksOf(quoted)}</blockquote>`];
}

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

function list(rows) {
  const count = leading(rows, (row) => ITEM.test(row));
  if (!count) return NONE;
  const items = rows.slice(0, count).map((row) => html`<li>${inline(row.match(ITEM)[2])}</li>`);
  const first = rows[0].match(ITEM)[1];
  return [count, first ? html`<ol start=${first}>${items}</ol>` : html`<ul>${items}</ul>`];
}

function paragraph(rows) {
  const ends = (row) => !row.trim() || /^(```|#{1,6}\s|>)/.test(row) || ITEM.test(row);
  const count = Math.max(1, leading(rows, (row) => !ends(row)));
  return [count, html`<p>${inline(rows.slice(0, count).join("\n"))}</p>`];
}

// Each kind takes the lines it knows from the front and says how many; the first that takes any wins.
const KINDS = [fence, heading, rule, quote, list, blank, paragraph];

const INLINE = /(`+)(.+?)\1|\[([^\]]+)\]\(([^)\s]+)\)|(\*\*|__)(?=\S)(.+?)\5|([*_])(?=\S)(.+?)\7|~~(.+?)~~/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, , code, label, url, , bold, , italic, struck] = match;
    if (match.index > from) nodes.push(lines(withEmoji(text.slice(from, match.index))));
    if (code) nodes.push(html`<code>${code}</code>`);
    else if (url) nodes.push(html`<${Link} url=${url}>${label}<//>`);
    else if (bold) nodes.push(html`<strong>${inline(bold)}</strong>`);
    else if (italic) nodes.push(html`<em>${inline(italic)}</em>`);
    else if (struck) nodes.push(html`<s>${inline(struck)}</s>`);
    else nodes.push(whole);
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push(lines(withEmoji(text.slice(from))));
  return nodes;
}
