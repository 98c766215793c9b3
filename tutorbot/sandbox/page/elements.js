/** Draws one interactive element of a block. */

import { html } from "./vendor/htm-preact.js";
import { Button, Overflow } from "./buttons.js";
import { Checkboxes, MultiSelect, RadioButtons, Select } from "./choices.js";
import { DatePicker, NumberInput, TextInput, TimePicker } from "./fields.js";
import { Icon } from "./icons.js";

const DRAWN = {
  button: Button,
  overflow: Overflow,
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  static_select: Select,
  users_select: Select,
  channels_select: Select,
  conversations_select: Select,
  multi_static_select: MultiSelect,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: NumberInput,
  datepicker: DatePicker,
  timepicker: TimePicker,
};

/**
 * Draws an element of the block with that id.
 *
 * `field` is given by an input block: the ids of its label and hints, and that
 * the value is kept for the submission and not reported at once.
 */
export function Element({ block, element, field = null }) {
  const draw = DRAWN[element.type];
  if (!draw) {
    const what = `This kind of element (${element.type}) is not drawn here.`;
    return html`<span class="unknown"><${Icon} name="info" /> ${what}</span>`;
  }
  return html`<${draw} block=${block} element=${element} field=${field} reported=${!field || field.reported} />`;
}
