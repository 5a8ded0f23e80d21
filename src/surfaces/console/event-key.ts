/** Events that the console has a sentence for. */
const known = [
  'organisation.established',
  'organisation.reply-time-declared',
  'staff.joined',
  'staff.signed-in',
  'staff.signed-out',
  'staff.passphrase-reset',
  'staff.invited',
  'staff.invitation-revoked',
  'staff.role-granted',
  'staff.role-withdrawn',
  'staff.role-changed',
  'staff.left',
  'staff.access-reviewed',
  'staff.document-placed',
  'staff.mandate-decided',
  'user.mandate-requested',
  'user.mandate-offered',
  'user.mandate-accepted',
  'user.mandate-granted',
  'user.mandate-refused',
  'user.mandate-ended',
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
