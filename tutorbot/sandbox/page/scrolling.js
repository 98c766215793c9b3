/** Where a list of messages stands when it is opened, when something comes, and when arrow keys are pressed. */

import { useCallback, useContext, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";
import { World } from "./surface.js";

const BOTTOM_PX = 40;
const TOP_PX = 48; // room for the name of the day

/**
 * Returns the list's ref, its handler of keys, and what goes to the latest messages when there are some out of sight.
 *
 * A list at its bottom stays there, but what is new and longer than the list is
 * shown from its beginning. Away from the bottom the browser's own scroll
 * anchoring keeps what is read in its place. What one writes oneself is always
 * scrolled to. `fromTop` opens the list at its top.
 */
export function useMessageList(messages, { fromTop = false } = {}) {
  const { me } = useContext(World);
  const scroller = useRef();
  const atBottom = useRef(!fromTop);
  const known = useRef(null);
  const [behind, setBehind] = useState(false);

  const toBottom = useCallback(() => {
    atBottom.current = true;
    scroller.current.scrollTop = scroller.current.scrollHeight;
    setBehind(false);
  }, []);

  useLayoutEffect(() => stay(scroller.current, atBottom, () => setBehind(false)), []);

  useLayoutEffect(() => {
    const opening = known.current === null;
    const came = messages.filter((one) => (opening ? one.unread : !known.current.has(one.ts)));
    known.current = new Set(messages.map((one) => one.ts));
    if (opening && fromTop) return;
    if (came.some((one) => one.user === me.id)) toBottom();
    else if (came.length && !atBottom.current) setBehind(true);
    else if (came.length && isTooLong(scroller.current, came[0].ts)) atBottom.current = false;
    else if (atBottom.current) toBottom();
  }, [messages]);

  return [scroller, goWithArrows, behind ? toBottom : null];
}

/** Keeps a list at its bottom while its content grows; returns a function that stops. */
function stay(list, atBottom, arrived) {
  const sizes = new ResizeObserver(() => {
    if (atBottom.current) list.scrollTop = list.scrollHeight;
  });
  sizes.observe(list);
  sizes.observe(list.firstElementChild);

  // What grows (a picture that has loaded) takes the bottom away; only who scrolls up leaves it.
  let earlier = 0;
  const look = () => {
    if (list.scrollHeight - list.scrollTop - list.clientHeight < BOTTOM_PX) {
      atBottom.current = true;
      arrived();
    } else if (list.scrollTop < earlier) atBottom.current = false;
    earlier = list.scrollTop;
  };
  list.addEventListener("scroll", look, { passive: true });
  return () => {
    sizes.disconnect();
    list.removeEventListener("scroll", look);
  };
}

/** Scrolls to the beginning of what came, and returns true, if the list cannot show it whole. */
function isTooLong(list, ts) {
  const first = list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  const above = first ? first.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop : 0;
  if (!first || list.scrollHeight - above + TOP_PX <= list.clientHeight) return false;
  list.scrollTop = above - TOP_PX;
  return true;
}

/** Lets the arrow keys go from message to message. */
function goWithArrows(event) {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  if (!event.target.matches(".messages, .message")) return;
  const all = [...event.currentTarget.querySelectorAll(".message")];
  const at = all.indexOf(event.target);
  const next = at < 0 ? all.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1);
  all[next]?.focus();
  event.preventDefault();
}
