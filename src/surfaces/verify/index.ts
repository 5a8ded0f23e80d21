export { buildOfflineVerifier, type OfflineVerifier } from './build-offline-verifier.ts';
export { explainForce, type ForceAnswers } from './explain-force.ts';
export { explainReport, type ReportView } from './explain-report.ts';
export { type Line } from './explain-step.ts';
export { VerdictMarks } from './verdict-marks.tsx';
export { verifyText, type VerifyText } from './verify-text.ts';
