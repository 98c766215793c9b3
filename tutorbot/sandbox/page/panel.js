/** The panel for those who build: what goes to the bot and comes from it, and what the bot owes. */

import { html, useCallback, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";
import { IconButton } from "./icons.js";
import { Ledger } from "./ledger.js";
import { Requests, useTraffic } from "./requests.js";

const SHORTCUT = "Ctrl + .";
const WIDTH = { least: 320, most: 800, first: 460, step: 32 };
const TABS = [["requests", "Requests"], ["ledger", "Ledger"]];
const AS_SHEET = "(max-width: 767px)";

/** Returns whether the panel is open and as a sheet over all else, its width, and how to change them. */
export function usePanel() {
  const [open, setOpen] = useState(() => localStorage.getItem("panel") === "open");
  const [width, setWidth] = useState(() => Number(localStorage.getItem("panel-width")) || WIDTH.first);
  const narrow = useMatch(AS_SHEET);

  const turn = useCallback(() => setOpen((was) => {
    localStorage.setItem("panel", was ? "closed" : "open");
    if (was) requestAnimationFrame(() => document.querySelector(".panel-button")?.focus());
    return !was;
  }), []);
  const resize = useCallback((to) => {
    const fits = Math.round(Math.min(Math.max(to, WIDTH.least), WIDTH.most));
    localStorage.setItem("panel-width", fits);
    setWidth(fits);
  }, []);

  useLayoutEffect(() => { // an effect would come a frame later, and miss keys that are pressed at once
    const keys = (event) => {
      if (event.key !== "." || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      turn();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return { open, turn, width, resize, covers: open && narrow };
}

function useMatch(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = () => setMatches(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [query]);
  return matches;
}

export function PanelButton({ open, turn }) {
  return html`<${IconButton} icon="code" label=${`Requests and ledger (${SHORTCUT})`} press=${turn}
    look="plain panel-button" aria-expanded=${String(open)} aria-keyshortcuts="Control+." />`;
}

export function Panel({ turn, width, resize, zone }) {
  const [tab, setTab] = useState("requests");
  const traffic = useTraffic();
  const side = useRef();
  useLayoutEffect(() => side.current.querySelector("[role=tab][aria-selected=true]").focus(), []);

  const keys = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.value) return;
    event.preventDefault();
    turn();
  };
  return html`<aside class="panel" aria-label="For those who build" ref=${side} onKeyDown=${keys}>
    <${Edge} width=${width} resize=${resize} />
    <header class="panel-header">
      <${Tabs} tab=${tab} choose=${setTab} />
      <${IconButton} icon="close" label="Close the panel" press=${turn} />
    </header>
    <div class="panel-body" role="tabpanel" id="panel-body" aria-labelledby=${`tab-${tab}`}>
      ${tab === "requests"
        ? html`<${Requests} ...${traffic} zone=${zone} />`
        : html`<${Ledger} latest=${traffic.latest} />`}
    </div>
  </aside>`;
}

function Tabs({ tab, choose }) {
  const keys = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const here = TABS.findIndex(([name]) => name === tab);
    const [next] = TABS.at((here + step) % TABS.length);
    choose(next);
    event.currentTarget.querySelector(`#tab-${next}`).focus();
  };
  return html`<div class="panel-tabs" role="tablist" aria-label="What the panel shows" onKeyDown=${keys}>
    ${TABS.map(([name, label]) => html`<button type="button" role="tab" id=${`tab-${name}`} key=${name}
        aria-selected=${String(tab === name)} aria-controls="panel-body" tabindex=${tab === name ? 0 : -1}
        onClick=${() => choose(name)}>${label}</button>`)}
  </div>`;
}

/** Draws the edge by which the panel is made wider: drawn with the pointer, or moved by the arrow keys. */
function Edge({ width, resize }) {
  const grasp = (event) => event.currentTarget.setPointerCapture(event.pointerId);
  const draw = (event) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(innerWidth - event.clientX);
  };
  const keys = (event) => {
    const step = { ArrowLeft: WIDTH.step, ArrowRight: -WIDTH.step }[event.key];
    if (!step) return;
    event.preventDefault();
    resize(width + step);
  };
  return html`<div class="panel-edge" role="separator" tabindex="0" aria-orientation="vertical"
    aria-label="Width of the panel" aria-valuenow=${width} aria-valuemin=${WIDTH.least} aria-valuemax=${WIDTH.most}
    onPointerDown=${grasp} onPointerMove=${draw} onKeyDown=${keys}></div>`;
}
