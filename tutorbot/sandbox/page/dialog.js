/** A modal window of the page: focus stays in it, Escape closes it, and focus goes back afterwards. */

import { html, useLayoutEffect, useRef } from "./vendor/htm-preact.js";

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, [tabindex='0']";

/** Draws a native dialog in the top layer; `close` is asked for by Escape. */
export function Dialog({ label, close, children, look = "", busy = false, onSubmit }) {
  const dialog = useRef();

  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => giveBack(before);
  }, []);

  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") turnAround(event, dialog.current);
  };
  const submit = (event) => {
    event.preventDefault();
    onSubmit?.();
  };
  return html`<dialog ref=${dialog} class=${`dialog ${look}`} aria-labelledby=${label} aria-busy=${String(busy)}
      onKeyDown=${keys} onCancel=${(event) => event.preventDefault()}>
    <form novalidate onSubmit=${submit}>${children}</form>
  </dialog>`;
}

/** Gives the focus to where it was, or to the composer when that is gone. */
function giveBack(before) {
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  const isThere = before?.isConnected && before !== document.body;
  const target = isThere ? before : (open ?? document).querySelector("textarea");
  requestAnimationFrame(() => target?.focus({ preventScroll: true }));
}

/** Keeps Tab within the dialog: after its last control comes its first. */
function turnAround(event, dialog) {
  const isReached = (one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility();
  const all = [...dialog.querySelectorAll(FOCUSABLE)].filter(isReached);
  const [first, last] = [all[0], all.at(-1)];
  const from = document.activeElement;
  if (event.shiftKey && (from === first || from === dialog)) last?.focus();
  else if (!event.shiftKey && from === last) first?.focus();
  else return;
  event.preventDefault();
}
