/** Who one is and where one looks, kept in the address after the hash so that a reload stays. */

import { useCallback, useEffect, useState } from "./vendor/htm-preact.js";

export const HOME = "home";

/** Returns the place an address names: `#/U1/C1/thread/17.5` or `#/U1/home`. */
function readPlace(hash) {
  const [who, where, word, thread] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { who: who || null, where: where || null, thread: word === "thread" && thread ? thread : null };
}

export function hashOf({ who, where, thread }) {
  const parts = [who, where, ...(thread ? ["thread", thread] : [])].filter(Boolean);
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** Returns the place and a function that goes to another; what it is not told stays. */
export function usePlace() {
  const [place, setPlace] = useState(() => readPlace(location.hash));

  useEffect(() => {
    const follow = () => setPlace(readPlace(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);

  const go = useCallback((change, { replace = false } = {}) => {
    const next = { ...readPlace(location.hash), thread: null, ...change };
    if (replace) history.replaceState(null, "", hashOf(next));
    else location.hash = hashOf(next);
    setPlace(next);
  }, []);

  return [place, go];
}
