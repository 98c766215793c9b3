/** The requests to the bot and those of the bot, each with its reply, as they come. */

import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { Icon } from "./icons.js";
import { Tree } from "./tree.js";
import { fetchExchange, fetchTraffic, pause } from "./live.js";
import { toTheMillisecond } from "./time.js";

const KEPT = 500;
const SORTS = ["event", "interaction", "command", "Web API", "response_url", "Socket Mode"];
const WAYS = {
  in: { icon: "to", words: "to the bot" },
  out: { icon: "from", words: "from the bot" },
  line: { icon: "plug", words: "connection" },
};
const NEAR_END = 48;

/** Returns the lines as they come, and the number of the latest. */
export function useTraffic() {
  const [traffic, setTraffic] = useState({ lines: [], latest: 0 });
  useEffect(() => {
    const ending = new AbortController();
    follow(setTraffic, ending.signal);
    return () => ending.abort();
  }, []);
  return traffic;
}

async function follow(tell, signal) {
  let after = 0;
  while (!signal.aborted) {
    try {
      const { lines, latest } = await fetchTraffic(after, signal);
      const anew = latest < after;
      if (lines.length > 0) tell((was) => ({ lines: inOrder([...(anew ? [] : was.lines), ...lines]), latest }));
      after = latest;
    } catch {
      if (!signal.aborted) await pause();
    }
  }
}

/** Returns the last lines by when they began; they come when they end, those within another before it. */
const inOrder = (lines) =>
  lines.slice(-KEPT).sort((one, other) => one.at.localeCompare(other.at) || one.number - other.number);

export function Requests({ lines, latest, zone }) {
  const [words, setWords] = useState("");
  const [sort, setSort] = useState("");
  const [cleared, setCleared] = useState(0);
  const shown = useMemo(
    () => lines.filter((line) => line.number > cleared && isOf(line, sort) && speaksOf(line, words)),
    [lines, cleared, sort, words],
  );
  const list = useNewestInView(shown);
  return html`
    <div class="panel-bar" role="search" aria-label="Requests">
      <input type="search" class="field" aria-label="Filter by words" placeholder="Filter" value=${words}
        onInput=${(event) => setWords(event.target.value)} />
      <select class="field" aria-label="Kind of request" value=${sort} onChange=${(event) => setSort(event.target.value)}>
        <option value="">All kinds</option>
        ${SORTS.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
        <option value="failed">failed</option>
      </select>
      <button type="button" class="button default small" onClick=${() => setCleared(latest)}>Clear</button>
    </div>
    <div class="panel-list" ref=${list} tabindex="0" role="region" aria-label="Requests and replies">
      ${shown.length > 0
        ? html`<ol role="list">
          ${shown.map((line) => html`<${Line} key=${line.number} line=${line} zone=${zone} />`)}
        </ol>`
        : html`<p class="panel-empty">${lines.length > cleared ? "Nothing fits the filter." : NOTHING_YET}</p>`}
    </div>`;
}

const NOTHING_YET = "Nothing went to the bot or came from it so far. Press a button in a message to see what happens.";

const isOf = (line, sort) => !sort || (sort === "failed" ? line.error : line.sort === sort);

function speaksOf(line, words) {
  const text = [line.sort, line.name, line.about, line.error].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Keeps the end of a list in view while it grows, unless somebody has scrolled away from it. */
function useNewestInView(items) {
  const list = useRef();
  const atEnd = useRef(true);
  useEffect(() => {
    const node = list.current;
    const look = () => { atEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END; };
    node.addEventListener("scroll", look, { passive: true });
    return () => node.removeEventListener("scroll", look);
  }, []);
  useLayoutEffect(() => {
    if (atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [items]);
  return list;
}

function Line({ line, zone }) {
  const [open, setOpen] = useState(false);
  const { icon, words } = WAYS[line.way];
  return html`<li class=${`exchange ${line.way} ${line.error ? "failed" : ""}`}>
    <button type="button" class="exchange-line" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
      <span class="exchange-way"><${Icon} name=${icon} /><span class="hidden">${words} </span></span>
      <span class="exchange-name">${line.name}</span>
      <span class="exchange-took">${line.error ?? took(line.seconds)}</span>
      <span class="exchange-about"><span>${line.sort}</span>${line.about && ` · ${line.about}`}</span>
      <time class="exchange-at" datetime=${line.at}>${toTheMillisecond(new Date(line.at), zone)}</time>
    </button>
    ${open && html`<${Details} number=${line.number} />`}
  </li>`;
}

function took(seconds) {
  if (seconds === null) return "";
  const ms = seconds * 1000;
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${seconds.toFixed(2)} s`;
}

function Details({ number }) {
  const [parts, setParts] = useState(null);
  useEffect(() => {
    fetchExchange(number).then((whole) => setParts(whole?.parts ?? []), () => setParts([]));
  }, [number]);
  if (parts?.length === 0) return html`<p class="panel-empty">No more is known of it.</p>`;
  return html`<div class="exchange-whole" aria-busy=${String(!parts)}>
    ${parts?.map(({ title, note, body }) => html`<section key=${title}>
      <h3>${title} ${note && html`<small>${note}</small>`}</h3>
      ${body !== null && html`<${Tree} value=${body} />`}
    </section>`)}
  </div>`;
}
