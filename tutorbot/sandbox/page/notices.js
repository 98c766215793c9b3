/** What went wrong, said once to the person it happened to. */

import { html } from "./vendor/htm-preact.js";
import { Icon, IconButton } from "./icons.js";

export function Notices({ notices, dismiss }) {
  return html`<div class="notices" role="alert">
    ${notices.map(({ id, text }) => html`<div class="notice" key=${id}>
      <${Icon} name="warning" />
      <p>${text}</p>
      <${IconButton} icon="close" label="Dismiss" press=${() => dismiss(id)} />
    </div>`)}
  </div>`;
}
