/** Draws table blocks; a wide one scrolls within itself. */

import { html } from "./vendor/htm-preact.js";
import { RichText } from "./rich.js";
import { withEmoji } from "./emoji.js";

const ALIGNMENTS = new Set(["left", "center", "right"]);

export function Table({ block }) {
  const [head, ...rows] = block.rows;
  const settings = block.column_settings ?? [];
  const look = (column) => {
    const { align, is_wrapped: wrapped } = settings[column] ?? {};
    return `${ALIGNMENTS.has(align) ? align : "left"} ${wrapped ? "wrapped" : ""}`;
  };
  return html`<div class="table" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>${head.map((cell, n) => html`<th scope="col" class=${look(n)}><${Cell} cell=${cell} /></th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>
          ${row.map((cell, n) => html`<td class=${look(n)}><${Cell} cell=${cell} /></td>`)}
        </tr>`)}
      </tbody>
    </table>
  </div>`;
}

function Cell({ cell }) {
  if (cell.type === "rich_text") return html`<${RichText} elements=${cell.elements} />`;
  return withEmoji(String(cell.text ?? cell.value ?? ""));
}
