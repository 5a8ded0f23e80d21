/** Events that the console has a sentence for. */
const known = [
  'organisation.established',
  'organisation.reply-time-declared',
  'staff.joined',
  'staff.signed-in',
  'staff.signed-out',
  'staff.passphrase-reset',
  'user.joined',
  'user.signed-in',
  'user.signed-out',
  'user.address-change-asked',
  'user.address-changed',
  'policy.document-opened',
  'policy.version-published',
  'policy.version-imported',
  'policy.summary-published',
  'policy.version-withdrawn',
  'visibility.changed',
  'body.withheld',
  'question.asked',
  'question.answered',
  'question.published',
  'question.shown-to-everyone',
  'questions.counted',
  'person.erased',
] as const;

/** Message key of the sentence about an event, if there is one. */
export function eventKey(type: string): `event.${(typeof known)[number]}` | undefined {
  const found = known.find((name) => name === type);
  return found && `event.${found}`;
}
