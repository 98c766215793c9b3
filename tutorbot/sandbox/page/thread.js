/** Draws the pane of one thread: its first message, the replies, and a composer of its own. */

import { html, useContext, useEffect, useMemo, useRef } from "./vendor/htm-preact.js";
import { Composer } from "./composer.js";
import { goTogether } from "./conversation.js";
import { IconButton } from "./icons.js";
import { Message } from "./message.js";
import { useMessageList } from "./scrolling.js";
import { World } from "./surface.js";

export function Thread({ channel, name, ts, messages }) {
  const { go } = useContext(World);
  const pane = useRef();
  const parent = messages.find((one) => one.ts === ts);
  const replies = useMemo(() => messages.filter((one) => one.thread_ts === ts && one.ts !== ts), [messages, ts]);
  const [scroller, keys] = useMessageList(replies, { fromTop: true });
  useEffect(() => pane.current.querySelector(".composer textarea")?.focus({ preventScroll: true }), [ts]);

  const close = () => {
    go({ thread: null });
    document.querySelector(`.conversation [data-ts="${CSS.escape(ts)}"]`)?.focus({ preventScroll: true });
  };
  const escape = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  };
  return html`<aside ref=${pane} class="pane thread" aria-label="Thread" onKeyDown=${escape}>
    <header class="pane-header">
      <h2>Thread <small>${name}</small></h2>
      <${IconButton} icon="close" label="Close thread" press=${close} />
    </header>
    <div class="messages" ref=${scroller} tabindex="0" role="region" aria-label="Replies" onKeyDown=${keys}>
      <div class="messages-inner">
        ${parent
          ? html`<${Message} key=${ts} message=${parent} channel=${channel.id} />`
          : html`<p class="gone">The message that began this thread is gone.</p>`}
        ${replies.length > 0 && html`<div class="reply-count" role="separator">
          <span>${replies.length} ${replies.length === 1 ? "reply" : "replies"}</span>
        </div>`}
        ${replies.map((reply, n) => html`<${Message} key=${reply.ts} message=${reply} channel=${channel.id}
          joined=${n > 0 && goTogether(replies[n - 1], reply)} />`)}
      </div>
    </div>
    <${Composer} key=${ts} channel=${channel} name="thread" thread=${ts} />
  </aside>`;
}
