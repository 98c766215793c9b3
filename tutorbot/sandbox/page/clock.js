/** The clock panel: what course time it is, what comes next, and the ways to jump there. */

import { html, useContext, useEffect, useState } from "./vendor/htm-preact.js";
import { Icon } from "./icons.js";
import { World, usePending } from "./surface.js";
import { howFar, inFull, shortDay, timeOfDay } from "./time.js";

const TICK_MS = 1_000;

/** Draws the panel: `clock` is the sandbox's, `now()` course time that runs on between two states. */
export function Clock({ clock, now }) {
  const { act } = useContext(World);
  const [, setTick] = useState(0);
  const [pending, run] = usePending();
  const [going, setGoing] = useState("");
  const [said, setSaid] = useState(""); // apart from what is shown, which changes every second

  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const { zone, next } = clock;
  const at = now();
  const jump = (to, words) => run(async () => {
    setGoing(words);
    setSaid(words);
    await act("jump", { to });
    setGoing("");
    setSaid(`It is ${inFull(now(), zone)}.`);
  });
  const toNext = () => jump("next", `Going to ${inFull(new Date(next.at), zone)}…`);
  const able = clock.can_jump !== false;
  return html`<section class="clock" aria-label="Course time">
    <${Icon} name="clock" />
    <div class="clock-words">
      <p class="clock-now">
        <time datetime=${at.toISOString()}>${shortDay(at, zone)}, ${timeOfDay(at, zone)}</time>
        <span class="clock-zone">${zone}</span>
      </p>
      <p class="clock-next">${going || upNext(next, at, zone)}</p>
      <p class="hidden" role="status">${said}</p>
    </div>
    ${able && html`<div class="clock-buttons" aria-busy=${String(pending)}>
      ${next && html`<${Jump} icon="forward" busy=${pending} press=${toNext}>To the next delivery<//>`}
      <${Jump} icon="day" busy=${pending} press=${() => jump("day", "Going a day on…")}>A day on<//>
    </div>`}
  </section>`;
}

function upNext(next, now, zone) {
  if (!next) return "Nothing is due";
  const at = new Date(next.at);
  return html`<span class="clock-what" title=${`${next.what}, ${inFull(at, zone)}`}>Next: ${next.what}</span>
    <span class="clock-when"> · ${at <= now ? "due now" : howFar(at, now)}</span>`;
}

function Jump({ icon, busy, press, children }) {
  return html`<button type="button" class=${`jump ${busy ? "pending" : ""}`} aria-disabled=${String(busy)}
      onClick=${press}>
    <${Icon} name=${icon} /><span>${children}</span>
  </button>`;
}
