/** What came of the course's files when they were last saved: their faults, or that the course was reloaded. */

import { html, useContext, useState } from "./vendor/htm-preact.js";
import { Icon, IconButton } from "./icons.js";
import { World, usePending } from "./surface.js";

/** Draws both; what was put away comes again with what is saved next. */
export function Saved({ saved }) {
  const [gone, setGone] = useState(null);
  const shown = saved && saved.number !== gone ? saved : null;
  const faulty = shown?.mistakes.length > 0;
  const dismiss = () => setGone(saved.number);
  return html`<section class="saved" aria-label="The course’s files">
    <div role="alert">${faulty && html`<${Mistakes} saved=${shown} dismiss=${dismiss} />`}</div>
    <div role="status">${shown && !faulty && html`<${Reloaded} saved=${shown} dismiss=${dismiss} />`}</div>
  </section>`;
}

function Mistakes({ saved, dismiss }) {
  return html`<div class="saved-card faulty">
    <header>
      <${Icon} name="warning" />
      <p>${saved.said}</p>
      <${IconButton} icon="close" label="Hide the faults" press=${dismiss} />
    </header>
    <ol tabindex="0" aria-label="Faults">
      ${saved.mistakes.map(({ place, what, mend }, n) => html`<li key=${n}>
        <code class="place">${place}</code>
        <span>${withCode(what)}; <em>${withCode(mend)}</em></span>
      </li>`)}
    </ol>
  </div>`;
}

function Reloaded({ saved, dismiss }) {
  const { act, go, dm } = useContext(World);
  const [pending, run] = usePending();
  const show = () => run(async () => {
    const done = await act("show_saved");
    if (done.ok) go({ where: dm });
  });
  return html`<div class="saved-card">
    <header>
      <${Icon} name="info" />
      <p>${saved.said}</p>
      ${saved.shows && html`<button type="button" class=${`button default small ${pending ? "pending" : ""}`}
          aria-busy=${String(pending)} aria-disabled=${String(pending)} title=${saved.shows} onClick=${show}>
        <span>Show it</span>
      </button>`}
      <${IconButton} icon="close" label="Hide this note" press=${dismiss} />
    </header>
  </div>`;
}

/** Sets what stands between backticks as code. */
const withCode = (text) => text.split("`").map((part, n) => (n % 2 ? html`<code>${part}</code>` : part));
