/** Draws a channel or a direct message: its header, its messages by day and author, its composer. */

import { html, useContext, useEffect, useMemo, useRef } from "./vendor/htm-preact.js";
import { Avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { Icon } from "./icons.js";
import { Message } from "./message.js";
import { useMessageList } from "./scrolling.js";
import { Notices } from "./notices.js";
import { AppTabs } from "./home.js";
import { World } from "./surface.js";
import { dayName, dayOf, instantOf } from "./time.js";

const JOINED_WITHIN_MS = 5 * 60_000;

/** Returns the messages that stand in the channel itself, not in a thread. */
const inChannel = (messages) => messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts);

export function Conversation({ channel, messages, bot, invitation, notices, dismiss }) {
  const { go } = useContext(World);
  const shown = useMemo(() => inChannel(messages), [messages]);
  useReading(channel, shown);

  const name = bot ? bot.name : channel.name;
  return html`<section class="pane conversation" aria-label=${bot ? `Direct message with ${name}` : `Channel ${name}`}>
    <header class="pane-header">
      <h1 tabindex="-1">
        ${bot ? html`<${Avatar} bot size="small" />` : html`<${Icon} name=${channel.private ? "lock" : "hash"} />`}
        <span>${name}</span>
      </h1>
      ${bot && html`<${AppTabs} here="messages" />`}
    </header>
    <${Messages} key=${channel.id} channel=${channel} messages=${shown} bot=${bot} invitation=${invitation}
      openThread=${(ts) => go({ thread: ts })} />
    <${Notices} notices=${notices} dismiss=${dismiss} />
    <${Composer} key=${channel.id} channel=${channel} name=${bot ? name : `#${name}`} />
  </section>`;
}

/** Tells the sandbox what was read, while the page is looked at. */
function useReading(channel, messages) {
  const { act } = useContext(World);
  const last = messages.at(-1)?.ts;

  useEffect(() => {
    const read = () => {
      if (last && Number(channel.unread) > 0 && !document.hidden) {
        act("read", { channel: channel.id, ts: last }, { quiet: true });
      }
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [channel.id, last, channel.unread]);
}

function Messages({ channel, messages, bot, invitation, openThread }) {
  const { zone, now } = useContext(World);
  const [scroller, keys, latest] = useMessageList(messages);
  const firstNew = useRef(undefined);
  if (firstNew.current === undefined) firstNew.current = messages.find((one) => one.unread)?.ts ?? null;

  const draw = (message, before) => {
    const isNew = message.ts === firstNew.current;
    return [
      isNew && html`<div class="new-line" key="new" role="separator"><span>New</span></div>`,
      html`<${Message} key=${message.ts} message=${message} channel=${channel.id}
        joined=${!isNew && before && goTogether(before, message)} thread=${() => openThread(message.ts)} />`,
    ];
  };
  return html`<div class="list">
    <div class="messages" ref=${scroller} tabindex="0" role="region" aria-label="Messages" onKeyDown=${keys}>
      <div class="messages-inner">
        ${messages.length === 0 && html`<${Empty} channel=${channel} bot=${bot} invitation=${invitation} />`}
        ${byDay(messages, zone).map((day) => html`<section class="day" key=${day[0].ts}>
          <h2>${dayName(instantOf(day[0]), now(), zone)}</h2>
          ${day.map((message, n) => draw(message, day[n - 1]))}
        </section>`)}
      </div>
    </div>
    ${latest && html`<button type="button" class="latest" onClick=${latest}>
      <${Icon} name="down" /> New messages
    </button>`}
  </div>`;
}

/** Returns the messages in runs, one for each day of the zone. */
function byDay(messages, zone) {
  const days = [];
  let last = null;
  for (const message of messages) {
    const day = dayOf(instantOf(message), zone);
    if (day !== last) days.push([]);
    days.at(-1).push(message);
    last = day;
  }
  return days;
}

/** Returns whether a message goes under the one before it without a name of its own. */
export function goTogether(before, message) {
  return before.user === message.user && before.name === message.name
    && !before.ephemeral && !message.ephemeral && !(before.reply_count > 0)
    && instantOf(message) - instantOf(before) < JOINED_WITHIN_MS;
}

function Empty({ channel, bot, invitation }) {
  const { linkTo } = useContext(World);
  const icon = channel.private ? "lock" : "hash";
  return html`<div class="empty">
    ${bot ? html`<${Avatar} bot size="large" />` : html`<span class="empty-mark"><${Icon} name=${icon} /></span>`}
    <h2>${bot ? bot.name : `#${channel.name}`}</h2>
    <p>${invitation
      ? html`Nothing has been said here yet. To begin, press “${invitation.button}” in ${" "}
          <a href=${linkTo({ where: invitation.channel.id })}>#${invitation.channel.name}</a>${", "}
          or type <code>/tutor</code> here.`
      : bot ? html`Nothing has been said here yet. Type <code>/tutor</code> to begin.`
      : html`This is the very beginning of the channel. Type <code>/tutor</code> to see what fits.`}</p>
  </div>`;
}
