/** Where one writes: Enter sends, Shift and Enter make a new line, a slash offers the commands. */

import { html, useContext, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";
import { commandIn, commandsFor } from "./commands.js";
import { Icon, IconButton } from "./icons.js";
import { World, usePending } from "./surface.js";

const drafts = new Map(); // what was begun stays while one looks elsewhere

export function Composer({ channel, name, thread = null }) {
  if (channel.archived) return html`<p class="closed">This channel is archived. Nothing can be sent here.</p>`;
  if (!channel.member) return html`<${Joining} channel=${channel} name=${name} />`;
  return html`<${Writing} channel=${channel} name=${name} thread=${thread} />`;
}

function Joining({ channel, name }) {
  const { act } = useContext(World);
  const [pending, run] = usePending();
  const join = () => run(() => act("join", { channel: channel.id }));
  return html`<div class="closed">
    <p>You are not a member of ${name}.</p>
    <button type="button" class=${`button primary ${pending ? "pending" : ""}`} onClick=${join}>
      <span>Join channel</span>
    </button>
  </div>`;
}

function Writing({ channel, name, thread }) {
  const { me, act } = useContext(World);
  const place = `${me.id} ${channel.id} ${thread}`;
  const [text, setText] = useDraft(place);
  const [refusal, setRefusal] = useState("");
  const [waiting, setWaiting] = useState([]); // what was sent and not answered yet
  const field = useRef();
  const menu = useCommandMenu(text, (command) => {
    setText(`${command} `);
    field.current.focus();
  });

  useLayoutEffect(() => {
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);

  const command = commandIn(text);
  const send = async () => {
    if (!text.trim()) return;
    if (command && thread) {
      setRefusal(`${command} does not work in threads. Send it in the channel or in the direct message.`);
      return;
    }
    const said = text.trim();
    setText("");
    setWaiting((sent) => [...sent, said]);
    const result = command
      ? await act("command", { channel: channel.id, text: said })
      : await act("message", { channel: channel.id, text: said, ...(thread ? { thread_ts: thread } : {}) });
    setWaiting((sent) => sent.filter((one) => one !== said));
    if (!result.ok && !result.code) setText(said);
  };
  const keys = (event) => {
    if (event.isComposing) return;
    if (menu.keys(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  const offer = () => {
    setText("/");
    field.current.focus();
  };
  const type = (event) => {
    setText(event.target.value);
    setRefusal("");
  };
  const label = thread ? "Reply in thread" : `Message ${name}`;
  const id = `composer-${thread ? "thread" : "channel"}`;
  return html`<div class="composer">
    ${refusal && html`<p class="refusal" role="alert"><${Icon} name="warning" /> ${refusal}</p>`}
    ${menu.draw(`${id}-menu`)}
    <div class="composer-box">
      <textarea ref=${field} id=${id} rows="1" value=${text} placeholder=${thread ? "Reply…" : label} aria-label=${label}
        aria-autocomplete="list" aria-haspopup="listbox" aria-controls=${`${id}-menu`} aria-activedescendant=${menu.active(`${id}-menu`)}
        onInput=${type} onKeyDown=${keys} onBlur=${menu.close}></textarea>
      <span class="hidden" role="status">${menu.said}</span>
      <div class="composer-bar">
        ${!thread && html`<${IconButton} icon="slash" label="Slash commands" press=${offer}
          onMouseDown=${(event) => event.preventDefault()} />`}
        <span class="composer-hint" role="status">${waiting.length > 0 && "Waiting for an answer…"}</span>
        <${IconButton} icon="send" label="Send" look="send" press=${send} aria-disabled=${String(!text.trim())} />
      </div>
    </div>
    <p class="keys" aria-hidden="true">
      <span><b>Enter</b> to send</span>
      <span><b>Shift + Enter</b> for a new line</span>
      ${!thread && html`<span><b>/</b> for commands</span>`}
    </p>
  </div>`;
}

function useDraft(place) {
  const [text, setText] = useState(() => drafts.get(place) ?? "");
  const set = (next) => {
    drafts.set(place, next);
    setText(next);
  };
  return [text, set];
}

/** Returns the menu of commands for what is typed: how it is drawn, and what keys do to it. */
function useCommandMenu(text, choose) {
  const { me, commands } = useContext(World);
  const list = useRef();
  const [at, setAt] = useState(0);
  const [shutFor, setShutFor] = useState(null); // the text for which the menu was put away
  const offers = text === shutFor ? [] : commandsFor(text, commands, me.staff);
  const chosen = Math.min(at, offers.length - 1);
  const open = offers.length > 0;
  useLayoutEffect(() => list.current.children[chosen]?.scrollIntoView({ block: "nearest" }), [chosen]);

  const keys = ({ key, shiftKey }) => {
    if (!open) return false;
    if (key === "ArrowDown" || key === "ArrowUp") {
      setAt((chosen + (key === "ArrowDown" ? 1 : -1) + offers.length) % offers.length);
      return true;
    }
    if (key === "Escape") {
      setShutFor(text);
      return true;
    }
    if (key === "Tab" && shiftKey) {
      list.current.classList.add("gone"); // before the browser looks for what stands before
      setShutFor(text);
      return false;
    }
    const complete = offers[chosen].command === text.trimEnd();
    if (key === "Tab" || (key === "Enter" && !shiftKey && !complete)) {
      choose(offers[chosen].command);
      setAt(0);
      return true;
    }
    return false;
  };
  const draw = (id) => html`<ul ref=${list} class=${`commands ${open ? "" : "gone"}`} id=${id} role="listbox"
      aria-label="Commands" tabindex="0">
    ${offers.map(({ command, usage, does }, n) => html`<li key=${command} id=${`${id}-${n}`} role="option"
        aria-selected=${String(n === chosen)} onMouseDown=${(event) => event.preventDefault()}
        onClick=${() => choose(command)} onMouseMove=${() => n !== chosen && setAt(n)}>
      <span><b>${command}</b> <span class="usage">${usage}</span></span>
      <small>${does}</small>
    </li>`)}
  </ul>`;
  return {
    said: open ? `${offers.length} ${offers.length === 1 ? "command fits" : "commands fit"}` : "",
    keys,
    draw,
    active: (id) => (open ? `${id}-${chosen}` : null),
    close: () => setShutFor(text),
  };
}
