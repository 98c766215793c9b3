/** What blocks need of the place they stand in: the world around, what was chosen, and how to act. */

import { createContext, useCallback, useContext, useMemo, useRef, useState } from "./vendor/htm-preact.js";

/** Names, zone, links and `act`: the same for the whole page. */
export const World = createContext(null);

/** One message, modal or Home: see `useSurface`. */
export const Surface = createContext(null);

const FIRST_VALUES = {
  checkboxes: (element) => (element.initial_options ?? []).map((option) => option.value),
  multi_static_select: (element) => (element.initial_options ?? []).map((option) => option.value),
  radio_buttons: (element) => element.initial_option?.value ?? null,
  static_select: (element) => element.initial_option?.value ?? null,
  datepicker: (element) => element.initial_date ?? null,
  timepicker: (element) => element.initial_time ?? null,
  users_select: (element) => element.initial_user ?? null,
  channels_select: (element) => element.initial_channel ?? null,
  conversations_select: (element) => element.initial_conversation ?? null,
};

/** Returns the value an element has before anybody touched it. */
function firstValue(element) {
  return FIRST_VALUES[element.type]?.(element) ?? element.initial_value ?? null;
}

const NO_ERRORS = {};

/**
 * Returns the surface of a container, `{message, channel}` or `{view}`, with the blocks that stand in it.
 *
 * What somebody chooses is kept here at once, over what the sandbox has stored
 * for them. What they write in inputs goes along with the next press. `level` is that of the headings in it.
 */
export function useSurface(container, { blocks, state: stored, errors = NO_ERRORS, level = 3 }) {
  const { act } = useContext(World);
  const [drafts, setDrafts] = useState({});
  const latest = useRef();
  latest.current = { drafts, blocks };
  const key = JSON.stringify(container);

  const read = (block, element) => {
    const id = element.action_id;
    const known = [drafts, stored].map((values) => values?.[block]).find((values) => values && id in values);
    return known ? known[id] : firstValue(element);
  };

  const write = useCallback((block, element, value) => {
    setDrafts((all) => ({ ...all, [block]: { ...all[block], [element.action_id]: value } }));
  }, []);

  const unreported = useCallback(() => {
    const state = {};
    for (const { type, block_id: id, element } of latest.current.blocks) {
      const written = type === "input" ? latest.current.drafts[id]?.[element.action_id] : undefined;
      if (written !== undefined) state[element.action_id] = written;
    }
    return state;
  }, []);

  // One at a time, in the order of the gestures: a button never overtakes the boxes that were ticked before it.
  const queue = useRef(Promise.resolve());
  const inTurn = useCallback((work) => {
    queue.current = queue.current.then(work);
    return queue.current;
  }, []);

  const report = useCallback((what, element, details) => inTurn(() =>
    act(what, { container, action_id: element.action_id, state: unreported(), ...details })
  ), [key, act]);

  const idOf = (block, id) => `${key}${block}-${id}`.replace(/\W+/g, "-");
  return useMemo(
    () => ({ read, write, report, inTurn, unreported, errors, idOf, level }),
    [key, drafts, stored, errors, report],
  );
}

/** Returns an element's value, a function that changes it, and whether an answer is awaited. */
export function useValue(block, element, reported) {
  const surface = useContext(Surface);
  const [awaited, setAwaited] = useState(0);
  const change = async (value) => {
    surface.write(block, element, value);
    if (!reported) return;
    setAwaited((count) => count + 1);
    await surface.report("check", element, { selected: value });
    setAwaited((count) => count - 1);
  };
  return [surface.read(block, element), change, awaited > 0];
}

/** Returns whether something runs, and a function that runs it unless it does already. */
export function usePending() {
  const [pending, setPending] = useState(false);
  const busy = useRef(false);
  const run = useCallback(async (work) => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    try {
      await work();
    } finally {
      busy.current = false;
      setPending(false);
    }
  }, []);
  return [pending, run];
}
