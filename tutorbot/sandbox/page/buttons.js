/** Draws what is pressed: buttons, links that are buttons, and the overflow menu. */

import { html, useContext, useRef, useState } from "./vendor/htm-preact.js";
import { Asking } from "./confirm.js";
import { Icon } from "./icons.js";
import { Menu } from "./menu.js";
import { Surface, usePending } from "./surface.js";
import { Link, plain } from "./text.js";

/** Returns whether an answer is awaited, and a function that presses, after asking where a confirmation is due. */
function usePress(element) {
  const surface = useContext(Surface);
  const ask = useContext(Asking);
  const [pending, run] = usePending();
  const press = async (value) => {
    if (element.confirm && !(await ask(element.confirm))) return;
    if (element.type === "overflow") await run(() => surface.report("check", element, { selected: value }));
    else await run(() => surface.report("click", element));
  };
  return [pending, press];
}

export function Button({ element }) {
  const [pending, press] = usePress(element);
  const look = `button ${element.style ?? "default"} ${pending ? "pending" : ""}`;
  const label = element.accessibility_label;
  const words = html`<span>${plain(element.text)}</span>`;
  if (element.url) {
    return html`<${Link} url=${element.url} class=${look} aria-label=${label} onClick=${() => press()}>${words}<//>`;
  }
  return html`<button type="button" class=${look} aria-label=${label} aria-busy=${String(pending)}
      aria-disabled=${String(pending)} data-action=${element.action_id} onClick=${() => press()}>
    ${words}
  </button>`;
}

export function Overflow({ element }) {
  const anchor = useRef();
  const [open, setOpen] = useState(false);
  const [pending, press] = usePress(element);
  const items = element.options.map((option) => ({
    text: plain(option.text),
    hint: option.description && plain(option.description),
    url: option.url,
    choose: () => press(option.value),
  }));
  return html`<span class="overflow">
    <button type="button" ref=${anchor} class=${`button default square ${pending ? "pending" : ""}`}
        aria-label=${element.accessibility_label ?? "More actions"} aria-haspopup="menu" aria-expanded=${String(open)}
        aria-busy=${String(pending)} data-action=${element.action_id} onClick=${() => setOpen(!open)}>
      <${Icon} name="more" />
    </button>
    ${open && html`<${Menu} anchor=${anchor} items=${items} close=${() => setOpen(false)} />`}
  </span>`;
}
