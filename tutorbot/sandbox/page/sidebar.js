/** The left side: where one can go, and who one is. */

import { html, useContext, useEffect, useRef } from "./vendor/htm-preact.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { HOME } from "./place.js";
import { World } from "./surface.js";

/** Draws the sidebar; on a narrow page it is a drawer that `open` shows. */
export function Sidebar({ state, place, open, close, clock, inert }) {
  const side = useRef();

  useEffect(() => {
    if (open) side.current.querySelector("[aria-current=page], a")?.focus();
  }, [open]);

  const keys = (event) => {
    if (!open || event.key !== "Escape") return;
    close();
    document.querySelector(".menu-button")?.focus();
  };
  return html`<div class=${`side ${open ? "open" : ""}`} inert=${inert} onKeyDown=${keys}>
    <div class="shade" onClick=${close}></div>
    <div class="sidebar" id="sidebar" ref=${side}>
      <div class="clock-slot">${clock}</div>
      <nav aria-label="Workspace" onClick=${(event) => event.target.closest("a") && close()}>
        <h2>Channels</h2>
        <ul role="list">
          ${state.channels.map((channel) => html`<li key=${channel.id}>
            <${Entry} where=${channel.id} place=${place} unread=${channel.unread} faded=${channel.archived}>
              <${Icon} name=${channel.private ? "lock" : "hash"} />
              <span class="entry-name">${channel.name}</span>
              ${channel.archived && html`<small>archived</small>`}
            <//>
          </li>`)}
        </ul>
        <h2>Apps</h2>
        <ul role="list">
          <li>
            <${Entry} where=${state.dm?.id ?? "dm"} place=${place} unread=${state.dm?.unread}>
              <${Avatar} bot size="tiny" />
              <span class="entry-name">${state.bot.name}</span>
            <//>
          </li>
          <li>
            <${Entry} where=${HOME} place=${place}>
              <${Icon} name="home" />
              <span class="entry-name">App Home</span>
            <//>
          </li>
        </ul>
      </nav>
      <${People} state=${state} place=${place} />
    </div>
  </div>`;
}

function Entry({ where, place, unread, faded, children }) {
  const { linkTo } = useContext(World);
  const here = place.where === where;
  const count = Number(unread);
  return html`<a class=${`entry ${count && !here ? "unread" : ""} ${faded ? "faded" : ""}`} href=${linkTo({ where })}
      aria-current=${here ? "page" : null}>
    ${children}
    ${count > 0 && !here && html`<span class="badge">${count}<span class="hidden"> unread</span></span>`}
  </a>`;
}

/** Draws the switch of who one is. */
function People({ state, place }) {
  const { linkTo } = useContext(World);
  return html`<section class="people" aria-labelledby="people-title">
    <h2 id="people-title">You are</h2>
    <ul role="list">
      ${state.people.map((person) => html`<li key=${person.id}>
        <a class="entry" href=${linkTo({ who: person.id, where: place.where === state.dm?.id ? "dm" : place.where })}
            aria-current=${person.id === state.me.id ? "true" : null}>
          <${Avatar} person=${person} size="small" />
          <span class="entry-name">${person.real_name}</span>
          <small>${person.staff ? "staff" : "learner"}</small>
        </a>
      </li>`)}
    </ul>
  </section>`;
}
