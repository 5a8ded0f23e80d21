import { compareModality } from './compare-modality.ts';
import { compareQuantities } from './compare-quantities.ts';
import { compareRecipients } from './compare-recipients.ts';
import { compareRights } from './compare-rights.ts';
import { compareTerms } from './compare-terms.ts';
import type { ChangedClause, Finding } from './finding.ts';
import { touchLegalTerms } from './touch-legal-terms.ts';

const detectors = [compareQuantities, compareModality, compareRecipients, compareTerms, compareRights, touchLegalTerms];

const place = ({ after, before }: Finding) => after?.from ?? before?.from ?? 0;

/** What a changed clause touches, in the order of its text. A clause without findings may still mean another thing. */
export function detectChanges(clause: ChangedClause): Finding[] {
  return detectors.flatMap((detect) => detect(clause)).toSorted((a, b) => place(a) - place(b));
}
