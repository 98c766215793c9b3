/** Draws the App Home, and the tabs by which it and the direct message belong together. */

import { html, useContext, useEffect } from "./vendor/htm-preact.js";
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks.js";
import { Icon } from "./icons.js";
import { Notices } from "./notices.js";
import { HOME } from "./place.js";
import { Surface, World, useSurface } from "./surface.js";

export function AppTabs({ here }) {
  const { linkTo, dm } = useContext(World);
  const current = (tab) => (here === tab ? "page" : null);
  return html`<nav class="tabs" aria-label="App">
    <a href=${linkTo({ where: HOME })} aria-current=${current("home")}>Home</a>
    <a href=${linkTo({ where: dm })} aria-current=${current("messages")}>Messages</a>
  </nav>`;
}

export function Home({ view, bot, notices, dismiss }) {
  return html`<section class="pane home" aria-label="App Home">
    <header class="pane-header">
      <h1 tabindex="-1"><${Avatar} bot size="small" /> <span>${bot.name}</span></h1>
      <${AppTabs} here="home" />
    </header>
    <div class="messages" tabindex="0" role="region" aria-label="Home">
      ${view ? html`<${View} key=${view.id} view=${view} />` : html`<${Empty} name=${bot.name} />`}
    </div>
    <${Notices} notices=${notices} dismiss=${dismiss} />
  </section>`;
}

function View({ view }) {
  const surface = useSurface({ view: view.id }, { ...view, level: 2 });
  return html`<${Surface.Provider} value=${surface}>
    <div class="home-view"><${Blocks} blocks=${view.blocks} /></div>
  <//>`;
}

function Empty({ name }) {
  return html`<div class="empty">
    <span class="empty-mark"><${Icon} name="home" /></span>
    <h2>Nothing here yet</h2>
    <p>${name} has not published a Home for you so far.</p>
  </div>`;
}

/** Tells the bot that somebody opened one of its tabs, as Slack does. */
export function useTabOpened(place, state) {
  const { act } = useContext(World);
  const tab = place.where === HOME ? "home" : place.where === state.dm?.id ? "messages" : null;
  useEffect(() => {
    if (tab) act("open_home", { tab }, { quiet: true });
  }, [tab, state.me.id]);
}
