/** Draws what is chosen: checkboxes, radio buttons and selects. */

import { html, useContext, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";
import { Asking } from "./confirm.js";
import { Icon } from "./icons.js";
import { Popup } from "./menu.js";
import { Surface, World, useValue } from "./surface.js";
import { Text, plain } from "./text.js";

/** As `useValue`, with the confirmation that an element may ask for. */
function useChoice(block, element, reported) {
  const ask = useContext(Asking);
  const [value, change, pending] = useValue(block, element, reported);
  const choose = async (next) => {
    if (reported && element.confirm && !(await ask(element.confirm))) return false;
    change(next);
    return true;
  };
  return [value, choose, pending];
}

function Options({ kind, block, element, field, chosen, choose, pending }) {
  const surface = useContext(Surface);
  const name = surface.idOf(block, element.action_id);
  return html`<div class=${`options ${pending ? "pending" : ""}`} role=${kind === "radio" ? "radiogroup" : "group"}
      aria-busy=${String(pending)} aria-label=${field ? null : element.accessibility_label ?? "Options"}
      aria-labelledby=${field?.label} aria-describedby=${field?.describedBy} aria-invalid=${field?.invalid}>
    ${element.options.map((option, n) => html`<label class="option" key=${option.value}>
      <input type=${kind} name=${name} id=${`${name}-${n}`} value=${option.value} checked=${chosen(option.value)}
        onChange=${(event) => choose(option.value, event.target)} />
      <span>
        <span class="text"><${Text} text=${option.text} /></span>
        ${option.description && html`<small class="text"><${Text} text=${option.description} /></small>`}
      </span>
    </label>`)}
  </div>`;
}

export function Checkboxes({ block, element, field, reported }) {
  const [value, choose, pending] = useChoice(block, element, reported);
  const chosen = value ?? [];
  const toggle = async (one, box) => {
    const next = element.options.map((option) => option.value)
      .filter((other) => (other === one) !== chosen.includes(other));
    if (!(await choose(next))) box.checked = chosen.includes(one);
  };
  return html`<${Options} kind="checkbox" block=${block} element=${element} field=${field} pending=${pending}
    chosen=${(one) => chosen.includes(one)} choose=${toggle} />`;
}

export function RadioButtons({ block, element, field, reported }) {
  const [value, choose, pending] = useChoice(block, element, reported);
  const pick = async (one, dot) => {
    if (!(await choose(one))) dot.checked = value === one;
  };
  return html`<${Options} kind="radio" block=${block} element=${element} field=${field} pending=${pending}
    chosen=${(one) => value === one} choose=${pick} />`;
}

/** Returns the groups of options a select offers; people and channels come from the workspace. */
function useOffers(element) {
  const { people, channels } = useContext(World);
  const option = (text, value) => ({ text: { type: "plain_text", text }, value });
  const persons = people.map((person) => option(person.real_name, person.id));
  const rooms = channels.map((channel) => option(`#${channel.name}`, channel.id));
  if (element.type === "users_select") return [{ options: persons }];
  if (element.type === "channels_select") return [{ options: rooms }];
  if (element.type === "conversations_select") return [{ options: [...rooms, ...persons] }];
  return element.option_groups ?? [{ options: element.options ?? [] }];
}

const placeholderOf = (element) => (element.placeholder ? plain(element.placeholder) : "Choose an option");

export function Select({ block, element, field, reported }) {
  const [value, choose, pending] = useChoice(block, element, reported);
  const groups = useOffers(element);
  const draw = (option) => html`<option value=${option.value}>${plain(option.text)}</option>`;
  return html`<span class=${`select ${pending ? "pending" : ""}`}>
    <select id=${field?.id} value=${value ?? ""} aria-busy=${String(pending)} aria-describedby=${field?.describedBy}
        aria-invalid=${field?.invalid} data-action=${element.action_id}
        aria-label=${field ? null : element.accessibility_label ?? placeholderOf(element)}
        onChange=${async (event) => {
          const { target } = event;
          if (!(await choose(target.value || null))) target.value = value ?? "";
        }}>
      <option value="" disabled=${!field?.optional}>${placeholderOf(element)}</option>
      ${groups.map((group) => group.label
        ? html`<optgroup label=${plain(group.label)}>${group.options.map(draw)}</optgroup>`
        : group.options.map(draw))}
    </select>
    <${Icon} name="down" />
  </span>`;
}

/** Draws a select of several: what is chosen is reported when the list closes. */
export function MultiSelect({ block, element, field, reported }) {
  const anchor = useRef();
  const [open, setOpen] = useState(false);
  const [value, choose, pending] = useChoice(block, element, reported);
  const groups = useOffers(element);
  const options = groups.flatMap((group) => group.options);
  const words = options.filter((option) => (value ?? []).includes(option.value)).map((option) => plain(option.text));
  const name = element.accessibility_label ?? placeholderOf(element);
  const close = (picked) => {
    setOpen(false);
    if (JSON.stringify(picked) !== JSON.stringify(value ?? [])) choose(picked);
  };
  return html`<span class=${`select ${pending ? "pending" : ""}`}>
    <button type="button" ref=${anchor} id=${field?.id} class="multi"
        aria-haspopup="dialog" aria-busy=${String(pending)} aria-expanded=${String(open)} aria-describedby=${field?.describedBy} aria-invalid=${field?.invalid}
        aria-label=${`${name}: ${words.join(", ") || "nothing chosen"}`}
        data-action=${element.action_id} onClick=${() => setOpen(true)}>
      ${words.length ? words.map((word) => html`<span class="token">${word}</span>`) : placeholderOf(element)}
    </button>
    <${Icon} name="down" />
    ${open && html`<${MultiList} anchor=${anchor} options=${options} first=${value ?? []}
      most=${element.max_selected_items} close=${close} />`}
  </span>`;
}

function MultiList({ anchor, options, first, most = Infinity, close }) {
  const list = useRef();
  const [picked, setPicked] = useState(first);
  const latest = useRef();
  latest.current = picked;
  useLayoutEffect(() => list.current.querySelector("input")?.focus(), []);

  const toggle = (one) => setPicked(options.map((option) => option.value)
    .filter((other) => (other === one) !== picked.includes(other)));
  return html`<${Popup} anchor=${anchor} close=${() => close(latest.current)} role="dialog" aria-label="Choose">
    <div ref=${list} class="menu">
      ${options.map((option) => html`<label class="option">
        <input type="checkbox" checked=${picked.includes(option.value)}
          disabled=${picked.length >= most && !picked.includes(option.value)} onChange=${() => toggle(option.value)} />
        <span>${plain(option.text)}</span>
      </label>`)}
    </div>
  <//>`;
}
