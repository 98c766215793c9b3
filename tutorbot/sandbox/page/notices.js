/** What went wrong, said once to the person it happened to. */

import { html } from "./vendor/htm-preact.js";
import { Icon } from "./icons.js";

export function Notices({ notices, dismiss }) {
  return html`<div class="notices" role="alert">
    ${notices.map(({ id, text }) => html`<div class="notice" key=${id}>
      <${Icon} name="warning" />
      <p>${text}</p>
      <button type="button" class="plain" aria-label="Dismiss" onClick=${() => dismiss(id)}><${Icon} name="close" /></button>
    </div>`)}
  </div>`;
}
