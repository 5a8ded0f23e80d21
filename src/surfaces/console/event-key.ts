/** Events that the console has a sentence for. */
const known = [
  'organisation.established',
  'organisation.reply-time-declared',
  'staff.joined',
  'staff.signed-in',
  'staff.signed-out',
  'staff.passphrase-reset',
  'policy.document-opened',
  'policy.version-published',
  'policy.version-imported',
  'policy.summary-published',
  'policy.version-withdrawn',
  'visibility.changed',
  'body.withheld',
  'staff.passkey-added',
  'staff.passkey-renamed',
  'staff.passkey-removed',
  'staff.passkey-refused',
  'staff.proved-again',
  'staff.session-ended',
  'staff.sign-in-disputed',
  'staff.dispute-closed',
  'user.passkey-added',
  'user.passkey-renamed',
  'user.passkey-removed',
  'user.passkey-refused',
  'user.proved-again',
  'user.session-ended',
  'user.sign-in-disputed',
  'user.dispute-closed',
  'staff.totp-added',
  'staff.totp-removed',
  'staff.recovery-codes-made',
  'staff.recovery-code-used',
  'staff.passphrase-changed',
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
