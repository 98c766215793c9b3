/** The sandbox's page: a small Slack. */

import { html, render, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { Announcer } from "./announcer.js";
import { Avatar } from "./avatar.js";
import { Clock } from "./clock.js";
import { Asking, useAsking } from "./confirm.js";
import { Conversation } from "./conversation.js";
import { Home, useTabOpened } from "./home.js";
import { Icon, IconButton } from "./icons.js";
import { invitationIn } from "./invitation.js";
import { Modal } from "./modal.js";
import { Panel, PanelButton, usePanel } from "./panel.js";
import { HOME, hashOf, usePlace } from "./place.js";
import { Saved } from "./saved.js";
import { Sidebar } from "./sidebar.js";
import { World } from "./surface.js";
import { Thread } from "./thread.js";
import { useWorkspace } from "./workspace.js";

function App() {
  const [place, go] = usePlace();
  const workspace = useWorkspace(place.who);
  const { state, lost } = workspace;

  useEffect(() => {
    if (state && !isAwaited(state, place) && !isHere(state, place)) go(whereToBegin(state, place), { replace: true });
  }, [state, place]);

  const shown = useRef(null); // stays as it is until the state of another person has come
  if (state && isHere(state, place)) shown.current = { state, place };
  if (!shown.current) {
    return html`<main class="starting" aria-busy="true">
      <p role="status">${lost ? "Connection lost, trying again…" : "Opening the workspace…"}</p>
    </main>`;
  }
  return html`<${Page} ...${workspace} ...${shown.current} go=${go} />`;
}

/** Returns whether the state is that of the person and shows the place that the address names. */
function isHere(state, place) {
  const places = [HOME, state.dm?.id, ...state.channels.map((channel) => channel.id)];
  return state.me.id === place.who && places.includes(place.where);
}

/** Returns whether the state is one person's while the address names another, whose state is on its way. */
const isAwaited = (state, place) =>
  state.me.id !== place.who && state.people.some((person) => person.id === place.who);

/** Returns the place to show when the address names none that is here: where the bot tells what comes next. */
function whereToBegin(state, place) {
  return { who: state.me.id, where: state.dm?.id ?? HOME };
}

function Page({ place, go, state, lost, notices, act, dismiss }) {
  const [drawer, setDrawer] = useState(false);
  const [ask, question] = useAsking();
  const panel = usePanel();
  const now = useCourseTime(state.clock);
  const world = useMemo(() => {
    const names = new Map([[state.bot.user_id, state.bot.name], ...state.people.map((one) => [one.id, one.real_name])]);
    return {
      act, go, now,
      me: state.me, people: state.people, channels: state.channels, commands: state.commands, dm: state.dm?.id,
      zone: state.clock?.zone,
      nameOf: (id) => names.get(id),
      linkTo: (change) => hashOf({ ...place, thread: null, ...change }),
    };
  }, [state, place]);
  const clock = state.clock && html`<${Clock} clock=${state.clock} now=${now} />`;
  return html`<${World.Provider} value=${world}><${Asking.Provider} value=${ask}>
    <div class=${`frame ${panel.open ? "with-panel" : ""}`} style=${{ "--panel": `${panel.width}px` }}>
      <a class="skip" href="#main" inert=${panel.covers} onClick=${toMain}>Skip to the messages</a>
      <header class="top" inert=${panel.covers}>
        <${IconButton} icon="menu" label="Channels and people" look="plain menu-button"
          press=${() => setDrawer(!drawer)} aria-expanded=${String(drawer)} aria-controls="sidebar" />
        <p class="workspace-name"><${Avatar} bot size="small" /> <span>${state.team.name}</span></p>
        ${clock}
        <${PanelButton} ...${panel} />
        <${ThemeSwitch} />
      </header>
      <${Sidebar} state=${state} place=${place} open=${drawer} close=${() => setDrawer(false)} clock=${clock}
        inert=${panel.covers} />
      <div class="stage" inert=${panel.covers}>
        <${Saved} saved=${state.saved} />
        <main id="main" class=${place.thread ? "with-thread" : ""}>
          ${lost && html`<p class="lost" role="status"><${Icon} name="warning" /> Connection lost, trying again…</p>`}
          <${Middle} place=${place} state=${state} notices=${state.view ? [] : notices} dismiss=${dismiss} />
        </main>
      </div>
      ${panel.open && html`<${Panel} ...${panel} zone=${state.clock?.zone} />`}
      <${Announcer} state=${state} />
    </div>
    ${state.view && html`<${Modal} key=${state.me.id} view=${state.view} notices=${notices} dismiss=${dismiss} />`}
    ${question}
  <//><//>`;
}

function Middle({ place, state, notices, dismiss }) {
  const { who, where, thread } = place;
  useTabOpened(place, state);
  useTitle(state, where);
  if (where === HOME) {
    return html`<${Home} key=${who} view=${state.home} bot=${state.bot} notices=${notices} dismiss=${dismiss} />`;
  }

  const direct = where === state.dm?.id;
  const channel = direct ? { ...state.dm, member: true } : state.channels.find((one) => one.id === where);
  const messages = state.messages[where] ?? [];
  const name = direct ? state.bot.name : `#${channel.name}`;
  return [
    html`<${Conversation} key=${`${who} ${where}`} channel=${channel} messages=${messages}
      bot=${direct ? state.bot : null} invitation=${direct ? invitationIn(state) : null} notices=${notices} dismiss=${dismiss} />`,
    thread && html`<${Thread} key=${`${who} ${where} ${thread}`} channel=${channel} messages=${messages}
      name=${name} ts=${thread} />`,
  ];
}

function useTitle(state, where) {
  const direct = where === HOME || where === state.dm?.id;
  const name = direct ? state.bot.name : `#${state.channels.find((one) => one.id === where).name}`;
  const unread = [state.dm, ...state.channels].some((one) => Number(one?.unread) > 0 && one.id !== where);
  useEffect(() => {
    document.title = `${unread ? "• " : ""}${name} | ${state.team.name}`;
  }, [unread, name, state.team.name]);
}

/** Returns a function that tells course time; it runs on by itself between two states. */
function useCourseTime(clock) {
  const ahead = useRef(0);
  const known = useRef(null);
  if (clock && known.current !== clock) {
    known.current = clock;
    ahead.current = new Date(clock.now) - Date.now();
  }
  return useMemo(() => () => new Date(Date.now() + ahead.current), []);
}

function toMain(event) {
  event.preventDefault();
  document.querySelector("#main .messages")?.focus();
}

function ThemeSwitch() {
  const [dark, setDark] = useState(document.documentElement.dataset.theme === "dark");
  const turn = () => {
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", dark ? "light" : "dark");
    setDark(!dark);
  };
  return html`<${IconButton} icon=${dark ? "sun" : "moon"} label="Dark theme" press=${turn}
    role="switch" aria-checked=${String(dark)} />`;
}

const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
