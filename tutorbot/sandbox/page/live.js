/** The page's line to the sandbox: its state, what people do, and the news that something changed. */

const RETRY_MS = 1_000;
const NO_ANSWER = "The sandbox did not answer. Try again when the connection is back.";

/** Returns the state as somebody sees it; without a name the sandbox chooses who. */
export async function fetchState(who) {
  const answer = await fetch(who ? `/page/state?as=${encodeURIComponent(who)}` : "/page/state");
  return answer.ok ? answer.json() : null;
}

/** Waits before the sandbox is asked again. */
export const pause = () => new Promise((wake) => { setTimeout(wake, RETRY_MS); });

/** Returns the requests and replies after one of them, as soon as there are any. */
export async function fetchTraffic(after, signal) {
  const answer = await fetch(`/page/traffic?after=${after}`, { signal });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** Returns a request and its reply in full, or null when it is not kept any more. */
export async function fetchExchange(number) {
  const answer = await fetch(`/page/traffic/${number}`);
  return answer.ok ? answer.json() : null;
}

/** Returns what the bot owes. */
export async function fetchLedger() {
  const answer = await fetch("/page/ledger");
  return answer.ok ? answer.json() : null;
}

/** Does what somebody did; the result is `{ok: true, …}` or `{ok: false, error}`. */
export async function send(who, what, details) {
  try {
    const answer = await fetch("/page/do", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: who, do: what, ...details }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: NO_ANSWER };
  }
}

/**
 * Calls `changed` at every change that this person can see, and `lost` when the line breaks.
 *
 * A browser gives up on an event source that was refused once, so a restarted
 * sandbox is asked again here until it answers. Returns a function that stops.
 */
export function follow(who, { changed, lost }) {
  let source;
  let timer;

  const connect = () => {
    source = new EventSource(`/page/events?as=${encodeURIComponent(who)}`);
    source.onopen = changed;
    source.onmessage = changed;
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
    };
  };

  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
