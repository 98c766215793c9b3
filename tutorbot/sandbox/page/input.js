/** Draws an input block: its label, its element, its hint, and what is wrong under it. */

import { html, useContext } from "./vendor/htm-preact.js";
import { Element } from "./elements.js";
import { Icon } from "./icons.js";
import { Surface } from "./surface.js";
import { plain } from "./text.js";

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

export function Input({ block }) {
  const surface = useContext(Surface);
  const { element } = block;
  const id = surface.idOf(block.block_id, "field");
  const error = surface.errors[block.block_id];
  const hintIds = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const field = {
    id,
    label: `${id}-label`,
    describedBy: hintIds || null,
    invalid: error ? "true" : null,
    optional: Boolean(block.optional),
    reported: Boolean(block.dispatch_action),
  };
  const label = [plain(block.label), block.optional && html` <span class="optional">(optional)</span>`];
  return html`<div class=${`input ${error ? "wrong" : ""}`} data-block=${block.block_id}>
    ${GROUPS.has(element.type)
      ? html`<div class="label" id=${field.label}>${label}</div>`
      : html`<label class="label" id=${field.label} for=${id}>${label}</label>`}
    <${Element} block=${block.block_id} element=${element} field=${field} />
    ${error && html`<p class="error" id=${`${id}-error`}><${Icon} name="warning" /> ${error}</p>`}
    ${block.hint && html`<p class="hint" id=${`${id}-hint`}>${plain(block.hint)}</p>`}
  </div>`;
}

const isEmpty = (value) => value === null || value === undefined || value === "" || value.length === 0;

/** Returns what Slack's own client would refuse before submitting: `{block_id: sentence}`. */
export function faultsIn(blocks, read) {
  const inputs = blocks.filter((block) => block.type === "input");
  const told = inputs.map((block) => [block.block_id, faultOf(block, read(block.block_id, block.element))]);
  return Object.fromEntries(told.filter(([, fault]) => fault));
}

function faultOf({ element, optional }, value) {
  if (isEmpty(value)) return optional ? null : "Please complete this required field.";
  if (element.min_length > value.length) return `Please write at least ${element.min_length} characters.`;
  return element.type === "number_input" ? faultOfNumber(element, value) : null;
}

function faultOfNumber(element, value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) {
    return `Please enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && number > Number(element.max_value)) {
    return `Please enter a number of at most ${element.max_value}.`;
  }
  return null;
}
