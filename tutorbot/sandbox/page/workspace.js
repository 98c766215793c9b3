/** Keeps what the page knows of the workspace, and keeps it fresh. */

import { useCallback, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { fetchState, follow, send } from "./live.js";

/**
 * Returns the workspace as one person sees it.
 *
 * `state` is null until the first answer. `act(what, details)` does something,
 * waits until the page shows what came of it, and tells what was impossible as
 * a notice unless `quiet`.
 */
export function useWorkspace(who) {
  const [state, setState] = useState(null);
  const [lost, setLost] = useState(false);
  const [refusals, setRefusals] = useState([]);
  const asked = useRef(who);
  asked.current = who;

  const refresh = useFresh(asked, setState, setLost);

  useEffect(() => {
    if (!who) {
      refresh();
      return undefined;
    }
    setRefusals([]);
    return follow(who, { changed: refresh, lost: () => setLost(true) });
  }, [who]);

  const tell = (text) =>
    setRefusals((earlier) => [...earlier, { id: `refusal-${Date.now()}-${earlier.length}`, text }]);

  const act = useCallback(async (what, details, { quiet = false } = {}) => {
    const result = await send(asked.current, what, details);
    await refresh();
    if (!result.ok && !result.code && !quiet) tell(result.error); // what has a code stands in the state
    return result;
  }, []);

  const [notices, dismiss] = useNotices(state, refusals);
  return { state, lost, notices, act, dismiss };
}

/** Returns a function that fetches the state; calls that come meanwhile share one more fetch. */
function useFresh(asked, setState, setLost) {
  const running = useRef(null);
  const again = useRef(false);

  return useCallback(() => {
    again.current = true;
    running.current ??= (async () => {
      try {
        while (again.current) {
          again.current = false;
          const who = asked.current;
          const state = (await fetchState(who)) ?? (await fetchState(null));
          if (who !== asked.current) again.current = true;
          else if (state) setState(state);
        }
        setLost(false);
      } catch {
        setLost(true);
      } finally {
        running.current = null;
      }
    })();
    return running.current;
  }, []);
}

/** Returns the notices not yet put away: the sandbox's own and what it refused here. */
function useNotices(state, refusals) {
  const [gone, setGone] = useState(() => new Set());
  const notices = [...(state?.notices ?? []), ...refusals].filter((notice) => !gone.has(notice.id));

  const dismiss = useMemo(() => (id) => setGone((earlier) => new Set(earlier).add(id)), []);
  return [notices, dismiss];
}
