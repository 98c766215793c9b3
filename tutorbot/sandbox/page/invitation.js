/** What somebody can begin with, to whom the bot has not said anything yet. */

/** Returns the channel in which the bot began last, and the button of its first message there; null for none. */
export function invitationIn(state) {
  const begun = state.channels
    .filter((channel) => channel.member && !channel.archived)
    .map((channel) => ({ channel, first: (state.messages[channel.id] ?? []).find((one) => one.user === state.bot.user_id) }))
    .filter(({ first }) => first && mainButtonOf(first))
    .sort((one, other) => Number(other.first.ts) - Number(one.first.ts));
  return begun.length ? { channel: begun[0].channel, button: mainButtonOf(begun[0].first) } : null;
}

/** Returns the text of the button that stands out in a message. */
function mainButtonOf(message) {
  const elements = (message.blocks ?? []).filter((block) => block.type === "actions").flatMap((block) => block.elements);
  return elements.find((one) => one.type === "button" && one.style === "primary")?.text.text;
}
