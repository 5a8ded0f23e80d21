export type Finding = {
  /** `note` is worth knowing and nothing to mend. */
  level: 'good' | 'note' | 'warning' | 'bad';
  /** What was looked at, such as `Database`. */
  subject: string;
  /** What was found, a sentence. */
  says: string;
  /** What to do, a sentence; present on every warning and bad finding. */
  mend?: string;
};

export const good = (subject: string, says: string): Finding => ({ level: 'good', subject, says });
export const note = (subject: string, says: string): Finding => ({ level: 'note', subject, says });
export const warning = (subject: string, says: string, mend: string): Finding => ({ level: 'warning', subject, says, mend });
export const bad = (subject: string, says: string, mend: string): Finding => ({ level: 'bad', subject, says, mend });
