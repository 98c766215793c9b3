/** Asks "are you sure" where an element carries a confirmation. */

import { createContext, html, useCallback, useState } from "./vendor/htm-preact.js";
import { Dialog } from "./dialog.js";
import { Text, plain } from "./text.js";

/** A function from a confirmation object to a promise of yes or no. */
export const Asking = createContext(null);

/** Returns the function that asks, and the question to draw. */
export function useAsking() {
  const [asked, setAsked] = useState(null);
  const ask = useCallback((confirm) => new Promise((resolve) => setAsked({ confirm, resolve })), []);
  const answer = (yes) => {
    setAsked(null);
    asked.resolve(yes);
  };
  return [ask, asked && html`<${Confirmation} confirm=${asked.confirm} answer=${answer} />`];
}

function Confirmation({ confirm, answer }) {
  const words = (part, otherwise) => (confirm[part] ? plain(confirm[part]) : otherwise);
  return html`<${Dialog} label="confirm-title" look="confirm"
      close=${() => answer(false)} onSubmit=${() => answer(true)}>
    <header><h2 id="confirm-title">${words("title", "Are you sure?")}</h2></header>
    <div class="dialog-body text"><${Text} text=${confirm.text} /></div>
    <footer>
      <button type="button" class="button default" onClick=${() => answer(false)}>${words("deny", "Cancel")}</button>
      <button type="submit" class=${`button ${confirm.style === "danger" ? "danger filled" : "primary"}`}>
        ${words("confirm", "Yes")}
      </button>
    </footer>
  <//>`;
}
