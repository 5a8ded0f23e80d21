import { type ClauseComparison, type Comparison, type Finding, findingKinds, sortClasses, type VersionChange } from '#policies';

/** Versions, number of clauses by wording and otherwise, classes, and what was seen, as cells of a table. */
export function changeColumns(change: VersionChange): string[] {
  const { before, after, comparison } = change;
  const versions = `${before} to ${after}`;
  if (!comparison) return [versions, '', '', 'a text was withheld', ''];
  const counts = [comparison.wording, comparison.noise].map(String);
  return [versions, ...counts, classesOf(change, comparison), seen(comparison)];
}

/** The change in full, but unchanged clauses and those without a change of wording. */
export function describeChange(change: VersionChange, comparison: Comparison): string[] {
  const { before, after } = change;
  const counts = [
    `${comparison.wording} ${comparison.wording === 1 ? 'clause' : 'clauses'} changed in wording`,
    `${comparison.noise} otherwise`,
    ...(comparison.unread > 0 ? [`${comparison.unread} too long to be read by the detectors`] : []),
  ];
  return [
    `Version ${before} to ${after}: ${classesOf(change, comparison) || 'nothing'}.`,
    `${counts.join(', ')}.`,
    ...comparison.clauses.filter(({ classes }) => classes.includes('wording')).flatMap(describeClause),
  ];
}

function classesOf({ returnsTo }: VersionChange, { classes }: Comparison): string {
  return sortClasses(returnsTo === null ? classes : [...classes, 'return'])
    .map((each) => (each === 'return' ? `return to ${returnsTo}` : each))
    .join(', ');
}

function seen({ clauses }: Comparison): string {
  const found = clauses.flatMap(({ findings }) => findings);
  return findingKinds
    .map((kind) => ({ kind, count: found.filter((finding) => finding.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${kind} ${count}`)
    .join(', ');
}

function describeClause({ kind, heading, movedFrom, sentences, parts, findings }: ClauseComparison): string[] {
  const where = movedFrom && movedFrom.heading !== heading ? `, moved from "${movedFrom.heading}"` : movedFrom ? ', moved' : '';
  const changed = sentences.filter(({ classes, moved }) => moved || classes.includes('wording'));
  const lines = changed.flatMap(({ before, after, moved }) => [
    ...(before ? [`  - ${before.text}${moved ? ' (moved)' : ''}`] : []),
    ...(after ? [`  + ${after.text}${moved ? ' (moved)' : ''}`] : []),
  ]);
  const whole = parts.map(({ kind: part, text }) => `  ${part === 'deleted' ? '-' : part === 'inserted' ? '+' : ' '} ${text}`);
  return [
    '',
    `${kind}${heading === '' ? '' : ` in "${heading}"`}${where}`,
    ...(lines.length > 0 ? lines : whole),
    ...findings.map(line),
  ];
}

function line({ kind, before, after, direction, term }: Finding): string {
  const spots = [before, after].map((spot) => (spot ? `"${spot.text}"` : 'nothing')).join(' to ');
  return `  ! ${kind}${term === null ? '' : ` ${term}`}: ${spots}${direction === null ? '' : ` (${direction})`}`;
}
