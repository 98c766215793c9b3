/** Reads Slack's mrkdwn into a tree of plain objects; nothing here draws. */

import { emojiNamed } from "./emoji.js";

// What is found first (code, links) is held aside behind a mark from Unicode's private area, so that the
// asterisks and underscores in it are not taken for bold and italics.
const HELD = /\uE000(\d+)\uE001/;
const STYLES = { "*": "bold", _: "italic", "~": "strike" };
const INLINE = new RegExp(
  [
    HELD.source,
    String.raw`(?<![\p{L}\p{N}])([*_~])(?=\S)(.+?)(?<=\S)\2(?![\p{L}\p{N}])`,
    String.raw`:([a-z0-9_+-]+):`,
  ].join("|"),
  "gu",
);

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Undoes the escaping of the three characters that Slack asks to be escaped. */
export const unescapeText = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Returns the nodes of a mrkdwn text: `{kind, text | children, …}`. */
export function parse(text) {
  const held = [];
  const hold = (node) => `\uE000${held.push(node) - 1}\uE001`;
  const marked = text
    .replace(/[\uE000\uE001]/g, "")
    .replace(/```\n?([^]+?)\n?```(?:\n|$)?/g, (_, code) => hold({ kind: "pre", text: readable(code) }))
    .replace(/`([^`\n]+)`/g, (_, code) => hold({ kind: "code", text: readable(code) }))
    .replace(/<([^<>\n]+)>/g, (whole, inside) => hold(reference(inside) ?? { kind: "text", text: whole }));
  return paragraphs(marked, held);
}

/** Returns what code shows of the links in it: their words. */
function readable(code) {
  return unescapeText(code.replace(/<([^<>\n|]+)(?:\|([^<>\n]*))?>/g, (_, target, label) => label || target));
}

/** Returns the node for what stands between angle brackets, or null when Slack would not know it. */
function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescapeText(inside.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return { kind: "user", id: target.slice(1), label };
  if (/^#[CG]\w+$/.test(target)) return { kind: "channel", id: target.slice(1), label };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: "broadcast", text: `@${target.slice(1)}` };
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!subteam^")) return { kind: "broadcast", text: label ?? "@group" };
  if (/^(https?|mailto|tel):/i.test(target)) {
    const url = unescapeText(target);
    return { kind: "link", url, text: label ?? url.replace(/^(mailto|tel):/i, "") };
  }
  return null;
}

function date(target, label) {
  const [, seconds, pattern, url] = target.split("^");
  return { kind: "date", seconds, pattern: pattern ?? "", url: url ?? null, label: label ?? "" };
}

/** Splits off the quotes: lines that begin with `>`, and all that follows `>>>`. */
function paragraphs(marked, held) {
  const nodes = [];
  const lines = marked.split("\n").map((line) => ({ line, quoted: /^(?:>|&gt;)(?!>>|&gt;&gt;)/.test(line) }));
  const rest = lines.findIndex(({ line }) => /^(?:>>>|(?:&gt;){3})/.test(line));
  if (rest >= 0) {
    lines[rest].line = lines[rest].line.replace(/^(?:>>>|(?:&gt;){3})/, ">");
    for (const later of lines.slice(rest)) Object.assign(later, { quoted: true, whole: true });
  }
  for (let start = 0; start < lines.length; ) {
    const { quoted } = lines[start];
    let end = start;
    while (end < lines.length && lines[end].quoted === quoted) end += 1;
    const run = lines.slice(start, end).map(({ line }) => (quoted ? line.replace(/^(?:>|&gt;) ?/, "") : line));
    const children = inline(run.join("\n"), held);
    if (quoted) nodes.push({ kind: "quote", children });
    else nodes.push(...children);
    start = end;
  }
  return nodes;
}

function inline(text, held) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, number, mark, inner, shortcode] = match;
    if (match.index > from) nodes.push({ kind: "text", text: unescapeText(text.slice(from, match.index)) });
    if (number !== undefined) nodes.push(held[Number(number)]);
    else if (mark) nodes.push({ kind: STYLES[mark], children: inline(inner, held) });
    else nodes.push({ kind: "text", text: emojiNamed(shortcode) ?? whole });
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push({ kind: "text", text: unescapeText(text.slice(from)) });
  return nodes;
}
