/** Draws what is typed: lines of text, numbers, dates and times. */

import { html } from "./vendor/htm-preact.js";
import { useValue } from "./surface.js";
import { plain } from "./text.js";

/** Returns the attributes that every field has. */
function attributes(element, field, value, change) {
  const placeholder = element.placeholder ? plain(element.placeholder) : null;
  return {
    id: field?.id,
    value: value ?? "",
    placeholder,
    "aria-label": field ? null : element.accessibility_label ?? placeholder ?? "Value",
    "aria-describedby": field?.describedBy,
    "aria-invalid": field?.invalid,
    "aria-required": field ? String(!field.optional) : null,
    "data-action": element.action_id,
    onInput: (event) => change(event.target.value || null),
  };
}

const TYPES = { email_text_input: "email", url_text_input: "url" };

export function TextInput({ block, element, field }) {
  const [value, change] = useValue(block, element, false);
  const shared = { ...attributes(element, field, value, change), maxLength: element.max_length ?? 3_000 };
  return element.multiline
    ? html`<textarea class="field" rows="5" ...${shared}></textarea>`
    : html`<input class="field" type=${TYPES[element.type] ?? "text"} autocomplete="off" ...${shared} />`;
}

export function NumberInput({ block, element, field }) {
  const [value, change] = useValue(block, element, false);
  const mode = element.is_decimal_allowed ? "decimal" : "numeric";
  return html`<input class="field" type="text" inputmode=${mode} autocomplete="off"
    ...${attributes(element, field, value, change)} />`;
}

export function DatePicker({ block, element, field, reported }) {
  return html`<${Picker} type="date" block=${block} element=${element} field=${field} reported=${reported} />`;
}

export function TimePicker({ block, element, field, reported }) {
  return html`<${Picker} type="time" block=${block} element=${element} field=${field} reported=${reported} />`;
}

/** Draws the browser's own picker; a date is reported when it is whole. */
function Picker({ type, block, element, field, reported }) {
  const [value, change, pending] = useValue(block, element, reported);
  const { onInput: onChange, ...shared } = attributes(element, field, value, change);
  return html`<input class=${`field picker ${pending ? "pending" : ""}`} type=${type}
    ...${shared} onChange=${onChange} />`;
}
