/** Draws JSON as a tree that opens and closes. */

import { html } from "./vendor/htm-preact.js";

const SHORT = 160;
const isTree = (value) => typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** Draws a value; its first level is open, and below it what is short. */
export function Tree({ value }) {
  return html`<div class="tree"><${Node} value=${value} open /></div>`;
}

function Node({ name = null, value, open = false }) {
  const key = name !== null && html`<span class="tree-key">${name}</span>`;
  if (!isTree(value)) return html`<div class="tree-leaf">${key} <${Leaf} value=${value} /></div>`;
  const isList = Array.isArray(value);
  const count = Object.keys(value).length;
  const many = isList ? (count === 1 ? "item" : "items") : count === 1 ? "field" : "fields";
  return html`<details open=${open || JSON.stringify(value).length < SHORT}>
    <summary>${key} <span class="tree-count">${isList ? "[" : "{"}${count} ${many}${isList ? "]" : "}"}</span></summary>
    <ul role="list">
      ${Object.entries(value).map(([each, inner]) => html`<li key=${each}><${Node} name=${each} value=${inner} /></li>`)}
    </ul>
  </details>`;
}

function Leaf({ value }) {
  const kind = value === null ? "null" : typeof value;
  return html`<span class=${`tree-${kind}`}>${kind === "string" ? value || "“”" : JSON.stringify(value)}</span>`;
}
