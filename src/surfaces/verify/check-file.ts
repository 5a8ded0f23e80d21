import { parseBundle, verifyBundle, type Bundle, type Policy } from '@troth/tlog';
import { explainForce, type ForceAnswers } from './explain-force.ts';
import { explainReport, type ReportView } from './explain-report.ts';
import type { VerifyText } from './verify-text.ts';

/** Far above any honest bundle; below what makes a phone falter. */
export const largestFile = 16 * 1024 * 1024;

export type FileToCheck = { readonly name: string; readonly bytes: Uint8Array };
/** What came of one file: its report, or a sentence that says why it could not be read. */
export type CheckedFile = { readonly name: string } & (
  | { readonly bundle: Bundle; readonly view: ReportView; readonly force: ForceAnswers | null }
  | { readonly bundle: null; readonly refusal: string }
);

/** @param now Unix seconds. */
export function checkFile({ name, bytes }: FileToCheck, policy: Policy, now: number, t: VerifyText): CheckedFile {
  if (bytes.length > largestFile)
    return { name, bundle: null, refusal: t('refused.size', { name, limit: largestFile / 1024 ** 2 }) };
  const parsed = parseBundle(bytes);
  if (!parsed.ok) return { name, bundle: null, refusal: t('refused.not-bundle', { name }) };
  const bundle = parsed.value;
  const report = verifyBundle(bundle, policy, { now });
  return { name, bundle, view: explainReport(report, bundle, t), force: explainForce(report, bundle, t) };
}
