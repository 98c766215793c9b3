/** Draws the modal on top of the stack, and sends what was filled in. */

import { html, useContext, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks.js";
import { Dialog } from "./dialog.js";
import { IconButton } from "./icons.js";
import { faultsIn } from "./input.js";
import { useKeptFocus } from "./message.js";
import { Notices } from "./notices.js";
import { Surface, World, usePending, useSurface } from "./surface.js";
import { plain } from "./text.js";

const wordsOf = (text, otherwise) => (!text ? otherwise : typeof text === "string" ? text : plain(text));

/** Draws a view as a dialog; the dialog stays while views are pushed, updated and popped in it. */
export function Modal({ view, notices, dismiss }) {
  const { act } = useContext(World);
  const [pending, run] = usePending();
  const submit = useRef();
  const close = () => run(() => act("close", { view: view.id }));
  const closeAll = () => run(() => act("close", { view: view.id, all: true }));
  return html`<${Dialog} label="modal-title" look="modal" busy=${pending} close=${close}
      onSubmit=${() => submit.current()}>
    <header>
      <${Avatar} bot size="small" />
      <h2 id="modal-title">${wordsOf(view.title, "")}</h2>
      <${IconButton} icon="close" label=${view.depth > 1 ? "Close all" : "Close"} press=${closeAll} />
    </header>
    <${Filling} key=${view.id} view=${view} submit=${submit} run=${run} />
    <${Notices} notices=${notices} dismiss=${dismiss} />
    <footer>
      <button type="button" class="button default" onClick=${close}>
        ${wordsOf(view.close, view.submit ? "Cancel" : "Close")}
      </button>
      ${view.submit && html`<button type="submit" class=${`button primary ${pending ? "pending" : ""}`}
          aria-busy=${String(pending)} aria-disabled=${String(pending)}>
        <span>${wordsOf(view.submit, "Submit")}</span>
      </button>`}
    </footer>
  <//>`;
}

/** Draws the blocks of one view and keeps what is filled in. */
function Filling({ view, submit, run }) {
  const { act } = useContext(World);
  const body = useRef();
  const [faults, setFaults] = useState({});
  const errors = useMemo(() => ({ ...view.errors, ...faults }), [view.errors, faults]);
  const surface = useSurface({ view: view.id }, { ...view, errors });
  useKeptFocus(body);

  useEffect(() => {
    (body.current.querySelector("input, select, textarea") ?? body.current).focus();
  }, []);

  const wrong = Object.keys(surface.errors).join(" ");
  useEffect(() => {
    if (wrong) body.current.querySelector(".wrong :is(input, select, textarea, button)")?.focus();
  }, [wrong]);

  submit.current = () => {
    const found = faultsIn(view.blocks, surface.read);
    setFaults(found);
    if (Object.keys(found).length === 0) {
      run(() => surface.inTurn(() => act("submit", { view: view.id, state: surface.unreported() })));
    }
  };
  return html`<${Surface.Provider} value=${surface}>
    <div class="dialog-body" ref=${body} tabindex="-1"><${Blocks} blocks=${view.blocks} /></div>
  <//>`;
}
