/** Says new and redrawn messages aloud to those who do not see them. */

import { html, useEffect, useRef, useState } from "./vendor/htm-preact.js";

/** Draws a hidden live region with what was said, or said anew, since the page was opened. */
export function Announcer({ state }) {
  const known = useRef({ who: null, texts: new Map() });
  const [words, setWords] = useState("");

  useEffect(() => {
    const all = Object.values(state.messages).flat();
    const { who, texts } = known.current;
    const said = all.filter((one) => one.user !== state.me.id && texts.get(one.ts) !== one.text);
    known.current = { who: state.me.id, texts: new Map(all.map((one) => [one.ts, one.text])) };
    if (who === state.me.id && said.length) setWords(said.map((one) => `${one.name}: ${one.text}`).join("\n"));
  }, [state]);

  return html`<div class="hidden" role="log" aria-live="polite">${words}</div>`;
}
