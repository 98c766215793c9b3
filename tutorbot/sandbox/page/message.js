/** Draws one message. */

import { html, useContext, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks.js";
import { Asking } from "./confirm.js";
import { Icon, IconButton } from "./icons.js";
import { unescapeText } from "./mrkdwn.js";
import { Surface, World, usePending, useSurface } from "./surface.js";
import { Mrkdwn } from "./text.js";
import { inFull, instantOf, timeOfDay } from "./time.js";

const DELETING = {
  title: { type: "plain_text", text: "Delete message" },
  text: { type: "plain_text", text: "Are you sure you want to delete this message? This cannot be undone." },
  confirm: { type: "plain_text", text: "Delete" },
  style: "danger",
};

/** Draws a message of a channel; `joined` when it goes with the one above, `thread` opens its thread. */
export function Message({ message, channel, joined = false, thread = null }) {
  const { act, people, zone } = useContext(World);
  const [editing, setEditing] = useState(false);
  const article = useRef();
  const surface = useSurface({ message: message.ts, channel }, { blocks: message.blocks ?? [], state: message.state });
  useKeptFocus(article);

  const at = instantOf(message);
  const person = people.find((one) => one.id === message.user);
  const hour = timeOfDay(at, zone);
  const time = html`<time class="at" datetime=${at.toISOString()} title=${inFull(at, zone)}>${hour}</time>`;
  const label = `${message.name}, ${hour}${message.ephemeral ? ", only visible to you" : ""}`;
  const look = `message ${joined ? "joined" : ""} ${message.ephemeral ? "ephemeral" : ""}`;
  return html`<article ref=${article} class=${look} tabindex="-1" aria-label=${label} data-ts=${message.ts}>
    ${message.ephemeral && html`<p class="only-you">
      <${Icon} name="eye" /> Only visible to you
      <button type="button" onClick=${() => act("delete", { channel, ts: message.ts })}>Dismiss</button>
    </p>`}
    <div class="gutter">${joined ? time : html`<${Avatar} person=${person ?? message} bot=${message.is_bot} />`}</div>
    <div class="body">
      ${!joined && html`<p class="by">
        <strong>${message.name}</strong>
        ${message.is_bot && html`<span class="app-badge">App</span>`}
        ${time}
      </p>`}
      ${editing
        ? html`<${Editor} message=${message} channel=${channel} close=${() => setEditing(false)} />`
        : html`<${Surface.Provider} value=${surface}><${Content} message=${message} /><//>`}
      ${message.warning && html`<p class="warning" role="alert"><${Icon} name="warning" /> ${message.warning}</p>`}
      ${thread && message.reply_count > 0 && html`<button type="button" class="replies" onClick=${thread}>
        <${Icon} name="thread" /> ${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}
        <span class="view-thread" aria-hidden="true">View thread</span>
      </button>`}
    </div>
    ${!message.ephemeral && !editing && html`<${Tools} message=${message} channel=${channel} thread=${thread}
      edit=${() => setEditing(true)} />`}
  </article>`;
}

function Content({ message }) {
  const edited = message.edited && html` <span class="edited">(edited)</span>`;
  const drawn = message.blocks?.length
    ? html`<${Blocks} blocks=${message.blocks} tail=${edited} />`
    : html`<div class="text"><${Mrkdwn} text=${message.text} />${edited}</div>`;
  return [drawn, message.files?.length > 0 && html`<${Files} files=${message.files} />`];
}

function Files({ files }) {
  return html`<ul class="files" role="list">
    ${files.map((file) => {
      const address = `/files/${encodeURIComponent(file.id)}`;
      const name = file.name || file.id;
      if (file.url === null) return html`<li class="missing">This file was deleted.</li>`;
      return html`<li>${/^image\//.test(file.mimetype ?? "")
        ? html`<img src=${address} alt=${name} />`
        : html`<a class="file" href=${address} download><${Icon} name="file" /> ${name}</a>`}</li>`;
    })}
  </ul>`;
}

/** Draws what can be done with a message; it shows when the message is pointed at or holds the focus. */
function Tools({ message, channel, thread, edit }) {
  const { me, act } = useContext(World);
  const ask = useContext(Asking);
  const mine = message.user === me.id;
  if (!thread && !mine) return null;

  const remove = async () => {
    if (await ask(DELETING)) act("delete", { channel, ts: message.ts });
  };
  return html`<div class="tools" role="group" aria-label="Message actions">
    ${thread && html`<${IconButton} icon="thread" label="Reply in thread" press=${thread} />`}
    ${mine && html`<${IconButton} icon="edit" label="Edit message" press=${edit} />`}
    ${mine && html`<${IconButton} icon="bin" label="Delete message" press=${remove} />`}
  </div>`;
}

/** Returns what was typed, of a message as Slack keeps it: escaped, with its addresses in brackets. */
const typedIn = (message) => unescapeText(message.text.replace(/<([^<>|]+)>/g, "$1"));

function Editor({ message, channel, close }) {
  const { act } = useContext(World);
  const field = useRef();
  const [pending, run] = usePending();
  useLayoutEffect(() => field.current.focus(), []);

  const save = () => run(async () => {
    const text = field.current.value.trim();
    if (text && (await act("edit", { channel, ts: message.ts, text })).ok) close();
  });
  const keys = (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.shiftKey) save();
    else return;
    event.preventDefault();
  };
  return html`<div class="editor">
    <textarea ref=${field} class="field" rows="2" aria-label="Edit message" defaultValue=${typedIn(message)}
      onKeyDown=${keys}></textarea>
    <div class="editor-buttons">
      <button type="button" class="button default small" onClick=${close}>Cancel</button>
      <button type="button" class=${`button primary small ${pending ? "pending" : ""}`} onClick=${save}>Save</button>
    </div>
  </div>`;
}

/**
 * Gives the focus back to a message that is redrawn while it holds it.
 *
 * The control that was pressed is often gone after the redraw, and a browser then
 * forgets where the keyboard was.
 */
export function useKeptFocus(holder) {
  const held = useRef(false);

  useLayoutEffect(() => {
    const node = holder.current;
    const take = () => { held.current = true; };
    const leave = (event) => queueMicrotask(() => {
      if (event.target.isConnected) held.current = node.contains(document.activeElement);
    });
    node.addEventListener("focusin", take);
    node.addEventListener("focusout", leave);
    return () => {
      node.removeEventListener("focusin", take);
      node.removeEventListener("focusout", leave);
    };
  }, []);

  useLayoutEffect(() => {
    if (!held.current || document.activeElement !== document.body) return;
    const next = holder.current.querySelector(".blocks :is(button, input, a, select)") ?? holder.current;
    next.focus({ preventScroll: true });
  });
}
