/** Draws the blocks of Block Kit, each as Slack does. */

import { html, useContext, useState } from "./vendor/htm-preact.js";
import { Element } from "./elements.js";
import { Icon } from "./icons.js";
import { Input } from "./input.js";
import { Markdown } from "./markdown.js";
import { RichText } from "./rich.js";
import { Surface } from "./surface.js";
import { Table } from "./table.js";
import { Text, plain } from "./text.js";

/**
 * Draws a list of blocks; one that is not known is said to be so and stops nothing.
 *
 * `tail` is drawn after them, within the text where they end in text.
 */
export function Blocks({ blocks, tail = null }) {
  const last = blocks.at(-1);
  const within = last?.type === "rich_text" ? last : null;
  return html`<div class="blocks">
    ${blocks.map((block, n) =>
      html`<${Block} key=${block.block_id ?? n} block=${block} tail=${block === within && tail} />`)}
    ${!within && tail}
  </div>`;
}

function Block({ block, tail }) {
  const draw = DRAWN[block.type];
  return draw ? html`<${draw} block=${block} tail=${tail} />` : html`<${Unknown} what=${`block (${block.type})`} />`;
}

function Unknown({ what }) {
  return html`<p class="unknown"><${Icon} name="info" /> This kind of ${what} is not drawn here.</p>`;
}

function Header({ block }) {
  const { level } = useContext(Surface);
  return html`<${`h${level}`} class="block-header">${plain(block.text)}<//>`;
}

function Section({ block }) {
  const { text, fields, accessory } = block;
  return html`<div class=${`section ${accessory ? `with-${accessory.type}` : ""}`}>
    <div class="section-text">
      ${text && html`<div class="text"><${Text} text=${text} /></div>`}
      ${fields && html`<ul class="fields" role="list">
        ${fields.map((field) => html`<li class="text"><${Text} text=${field} /></li>`)}
      </ul>`}
    </div>
    ${accessory && html`<div class="accessory">
      ${accessory.type === "image"
        ? html`<${Picture} image=${accessory} />`
        : html`<${Element} block=${block.block_id} element=${accessory} />`}
    </div>`}
  </div>`;
}

function Divider() {
  return html`<hr />`;
}

function Image({ block }) {
  return html`<figure class="image">
    ${block.title && html`<figcaption>${plain(block.title)}</figcaption>`}
    <${Picture} image=${block} />
  </figure>`;
}

/** Draws a picture of an address or of an uploaded file; its words where it cannot be had. */
function Picture({ image }) {
  const source = image.slack_file ? fileAddress(image.slack_file) : image.image_url;
  const [missing, setMissing] = useState(null);
  if (missing === source) return html`<span class="missing">Picture not loaded: ${image.alt_text}</span>`;
  return html`<img src=${source} alt=${image.alt_text ?? ""} onError=${() => setMissing(source)} />`;
}

const fileAddress = (file) => (file.id ? `/files/${encodeURIComponent(file.id)}` : file.url);

function Context({ block }) {
  return html`<div class="context">
    ${block.elements.map((element) =>
      element.type === "image"
        ? html`<${Picture} image=${element} />`
        : html`<span class="text"><${Text} text=${element} /></span>`)}
  </div>`;
}

function Actions({ block }) {
  return html`<div class="actions">
    ${block.elements.map((element, n) =>
      html`<${Element} key=${element.action_id ?? n} block=${block.block_id} element=${element} />`)}
  </div>`;
}

const DRAWN = {
  header: Header,
  section: Section,
  divider: Divider,
  image: Image,
  context: Context,
  actions: Actions,
  input: Input,
  rich_text: ({ block, tail }) => html`<${RichText} elements=${block.elements} tail=${tail} />`,
  table: Table,
  markdown: ({ block }) => html`<${Markdown} text=${block.text} />`,
};
