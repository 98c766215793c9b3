/** Draws text: mrkdwn, plain text, mentions, dates. Whatever people wrote stays text. */

import { html, useContext, useMemo } from "./vendor/htm-preact.js";
import { withEmoji } from "./emoji.js";
import { parse } from "./mrkdwn.js";
import { World } from "./surface.js";
import { slackDate } from "./time.js";

/** Draws a text object of Block Kit. */
export function Text({ text }) {
  if (!text) return null;
  return text.type === "mrkdwn" ? html`<${Mrkdwn} text=${text.text} />` : lines(plain(text));
}

/** Returns the words of a plain text object. */
export const plain = (text) => (text.emoji === false ? text.text : withEmoji(text.text ?? ""));

export function Mrkdwn({ text }) {
  const nodes = useMemo(() => parse(text ?? ""), [text]);
  return drawAll(nodes);
}

/** Returns text with its line ends as breaks. */
export function lines(text) {
  return text.split("\n").flatMap((line, n) => (n ? [html`<br />`, line] : [line]));
}

const drawAll = (nodes) => nodes.map((node) => DRAWN[node.kind](node));

const DRAWN = {
  text: (node) => lines(node.text),
  bold: (node) => html`<strong>${drawAll(node.children)}</strong>`,
  italic: (node) => html`<em>${drawAll(node.children)}</em>`,
  strike: (node) => html`<s>${drawAll(node.children)}</s>`,
  code: (node) => html`<code>${node.text}</code>`,
  pre: (node) => html`<${Code} text=${node.text} />`,
  quote: (node) => html`<blockquote>${drawAll(node.children)}</blockquote>`,
  link: (node) => html`<${Link} url=${node.url}>${withEmoji(node.text)}<//>`,
  user: (node) => html`<${UserName} id=${node.id} label=${node.label} />`,
  channel: (node) => html`<${ChannelName} id=${node.id} label=${node.label} />`,
  broadcast: (node) => html`<b class="mention broadcast">${node.text}</b>`,
  date: (node) => html`<${SlackDate} ...${node} />`,
};

/** Draws preformatted text; it can be scrolled by keyboard when it is wide. */
export function Code({ text, language }) {
  return html`<pre tabindex="0" data-language=${language}><code>${text}</code></pre>`;
}

/** Draws a link that leaves the page; an address of another kind than web or mail is only text. */
export function Link({ url, children, ...rest }) {
  if (!/^(https?|mailto|tel):/i.test(url ?? "")) return html`<span>${children}</span>`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer" ...${rest}>${children}</a>`;
}

export function UserName({ id, label }) {
  const { nameOf, me } = useContext(World);
  return html`<span class=${`mention ${id === me.id ? "mine" : ""}`}>@${nameOf(id) ?? label ?? id}</span>`;
}

export function ChannelName({ id, label }) {
  const { channels, linkTo } = useContext(World);
  const channel = channels.find((one) => one.id === id);
  if (!channel) return html`<span class="mention">#${label || "unknown-channel"}</span>`;
  return html`<a class="mention" href=${linkTo({ where: id })}>#${channel.name}</a>`;
}

export function SlackDate({ seconds, pattern, url, label }) {
  const { zone, now } = useContext(World);
  const words = Number.isFinite(Number(seconds)) ? slackDate(seconds, pattern, zone, now()) : label;
  return url ? html`<${Link} url=${url}>${words}<//>` : html`<span>${words}</span>`;
}
