/** What the bot owes, and what became of it. */

import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { fetchLedger } from "./live.js";
import { inFull, shortDay, timeOfDay } from "./time.js";

const LOOK_AGAIN_MS = 2_000;
const STATES = ["due", "claimed", "posted", "unknown", "parked", "dropped", "done"];

/** Draws the ledger; `latest` changes with every request, after which there may be something new in it. */
export function Ledger({ latest }) {
  const [ledger, setLedger] = useState(null);
  const [words, setWords] = useState("");
  const [state, setState] = useState("");
  useEffect(() => {
    const look = () => fetchLedger().then((found) => found && setLedger(found), () => {});
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [latest]);

  const shown = useMemo(
    () => (ledger?.owed ?? []).filter((line) => (!state || line.state === state) && speaksOf(line, words)),
    [ledger, state, words],
  );
  if (!ledger) return html`<p class="panel-empty" aria-busy="true">Opening the ledger…</p>`;
  if (!ledger.owed) return html`<p class="panel-empty">There is no ledger here: no bot has shown one.</p>`;
  return html`
    <div class="panel-bar" role="search" aria-label="Ledger">
      <input type="search" class="field" aria-label="Filter by words" placeholder="Filter" value=${words}
        onInput=${(event) => setWords(event.target.value)} />
      <select class="field" aria-label="State" value=${state} onChange=${(event) => setState(event.target.value)}>
        <option value="">All states</option>
        ${STATES.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
      </select>
    </div>
    <div class="panel-list" tabindex="0" role="region" aria-label="What the bot owes">
      ${shown.length > 0
        ? html`<${Lines} lines=${shown} now=${new Date(ledger.now)} zone=${ledger.zone} />`
        : html`<p class="panel-empty">${ledger.owed.length > 0 ? "Nothing fits the filter." : "Nothing is owed."}</p>`}
    </div>`;
}

function speaksOf(line, words) {
  const text = [line.key, line.what, line.place, line.reason].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Draws the table: what is to come above the line of now, what is past below it. */
function Lines({ lines, now, zone }) {
  const past = lines.findIndex((line) => new Date(line.due) <= now);
  const table = useRef();
  useLayoutEffect(() => table.current.querySelector(".ledger-now")?.scrollIntoView({ block: "center" }), []);
  return html`<table class="ledger" ref=${table}>
    <thead><tr><th scope="col">Due</th><th scope="col">What</th><th scope="col">State</th></tr></thead>
    <tbody>
      ${lines.map((line, n) => [
        n === past && n > 0 && html`<tr class="ledger-now" key="now"><td colspan="3">
          <span>Now, ${shortDay(now, zone)}, ${timeOfDay(now, zone)}</span>
        </td></tr>`,
        html`<${Owed} key=${line.number} line=${line} zone=${zone} />`,
      ])}
    </tbody>
  </table>`;
}

function Owed({ line, zone }) {
  const due = new Date(line.due);
  return html`<tr>
    <td><time datetime=${line.due} title=${inFull(due, zone)}>${shortDay(due, zone)} ${timeOfDay(due, zone)}</time></td>
    <td>
      <span class="owed-what">${line.what}</span> <span class="owed-place">${line.place && `to ${line.place}`}</span>
      <code>${line.key}</code>
      ${line.reason && html`<span class="owed-reason">${line.reason}</span>`}
    </td>
    <td><span class=${`owed-state ${line.state}`}>${line.state}</span></td>
  </tr>`;
}
