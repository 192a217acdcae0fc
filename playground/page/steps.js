const ACTION = "/action tomorrow 19:00 Concert in the courtyard @ Fountain";
const ELECTION = "/elect 20 Representative of Courtyard 5";
const REMINDER = "/remind in 1 hour Seniors' walk";
// Bulletins of who signed come out at this time of the chat's day.
const BULLETIN = [19, 0];

/**
 * What to try, in this order: {id, sign, name, words, label, act, seen(view), tapped(view)}.
 * `asVera(command)` puts a command into her field, `become(name)` changes the person, `turnTo(hour, minute)` the clock.
 */
export const steps = ({ asVera, become, turnTo }) => [
  { id: "action", sign: "📣", name: "Announce", words: "As Vera, announce a concert. Then press Publish.", label: ACTION, act: () => asVera(ACTION), seen: isIn(isActionCard) },
  { id: "tap", sign: "👍", name: "Come along", words: "Become Ales, and tap Going on the card.", label: "Become Ales", act: () => become("Ales"), tapped: isAles },
  { id: "reminder", sign: "⏰", name: "Remind", words: "As Vera, set a reminder. Then turn the clock +1 h.", label: REMINDER, act: () => asVera(REMINDER), seen: isIn(isReminder) },
  { id: "election", sign: "✍️", name: "Signatures", words: "As Vera, collect signatures. Then somebody stands, and the others sign.", label: ELECTION, act: () => asVera(ELECTION), seen: isIn(isElectionCard) },
  { id: "bulletin", sign: "📜", name: "Bulletin", words: "Turn the clock to tonight's bulletin, by which everybody can check the count.", label: "To 19:00", act: () => turnTo(...BULLETIN), seen: isIn(isBulletin) },
];

const isIn = (isMeant) => (view) => view.messages.some(isMeant);

/** A published action, and not its preview: one can answer it. */
function isActionCard({ sender, keyboard }) {
  return sender.bot && labels(keyboard).some((label) => label.startsWith("👍"));
}

/** The card of an election: everybody sees it and can sign. */
function isElectionCard({ sender, only, keyboard }) {
  const begins = (sign) => labels(keyboard).some((label) => label.startsWith(sign));
  return sender.bot && only === null && (begins("🙋") || (begins("✍️") && begins("📊")));
}

/** A reminder that came, and not a page about one. */
function isReminder({ sender, only, keyboard, text }) {
  return sender.bot && only === null && !keyboard.length && text.startsWith("⏰");
}

function isBulletin({ sender, document }) {
  return sender.bot && document !== null && /^bulletin.*\.txt$/.test(document.name);
}

function isAles({ people, person }) {
  return people.find(({ id }) => id === person).name === "Ales";
}

const labels = (keyboard) => keyboard.flat().map(({ text }) => text);
