/** A list that opens at a control, above everything else, and closes by itself. */

import { html, useEffect, useLayoutEffect, useRef } from "./vendor/htm-preact.js";
import { Link } from "./text.js";

const GAP = 4;

/** Draws its children in the top layer at the anchor; Escape, a click elsewhere and scrolling close it. */
export function Popup({ anchor, close, children, ...rest }) {
  const popup = useRef();

  useLayoutEffect(() => {
    popup.current.showPopover();
    place(popup.current, anchor.current.getBoundingClientRect());
  }, []);

  useEffect(() => {
    const outside = (event) => {
      if (!popup.current?.contains(event.target) && !anchor.current?.contains(event.target)) close();
    };
    addEventListener("pointerdown", outside, true);
    addEventListener("scroll", outside, true);
    addEventListener("resize", close);
    return () => {
      removeEventListener("pointerdown", outside, true);
      removeEventListener("scroll", outside, true);
      removeEventListener("resize", close);
    };
  }, []);

  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (event.key === "Tab") leave();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  };
  const leave = () => {
    anchor.current?.focus();
    close();
  };
  return html`<div ref=${popup} popover="manual" class="popup" onKeyDown=${keys} ...${rest}>${children}</div>`;
}

/** Sets a popup under the anchor, or over it where there is more room. */
function place(popup, at) {
  const { width, height } = popup.getBoundingClientRect();
  const below = innerHeight - at.bottom > height + GAP || at.top < height + GAP;
  popup.style.top = `${below ? at.bottom + GAP : at.top - height - GAP}px`;
  popup.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
}

function step(event) {
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem], input")];
  const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  items[(next + items.length) % items.length]?.focus();
  event.preventDefault();
}

/** Draws a menu of items `{text, hint, url, choose}`. */
export function Menu({ anchor, items, close }) {
  const list = useRef();
  useLayoutEffect(() => list.current.querySelector("[role=menuitem]")?.focus(), []);

  const pick = (item) => {
    anchor.current?.focus();
    close();
    item.choose();
  };
  return html`<${Popup} anchor=${anchor} close=${close}>
    <div ref=${list} role="menu" class="menu">
      ${items.map((item) => {
        const words = [html`<span>${item.text}</span>`, item.hint && html`<small>${item.hint}</small>`];
        return item.url
          ? html`<${Link} url=${item.url} role="menuitem" tabindex="-1" onClick=${() => pick(item)}>${words}<//>`
          : html`<button type="button" role="menuitem" tabindex="-1" onClick=${() => pick(item)}>${words}</button>`;
      })}
    </div>
  <//>`;
}
