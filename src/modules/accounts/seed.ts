/** Somebody on the staff of the sample organisation. Hours count back from the moment the sample is made. */
export type SeedStaff = {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** Where the role holds; `null` in the whole organisation. */
  readonly department: string | null;
  readonly joinedHoursAgo: number;
};

export const seedStaff: readonly SeedStaff[] = [
  { email: 'ines@kestrel.invalid', name: 'Ines Duarte', role: 'support', department: null, joinedHoursAgo: 24 * 20 },
  { email: 'tomas@kestrel.invalid', name: 'Tomáš Novák', role: 'privacy', department: null, joinedHoursAgo: 24 * 60 },
  // Never seen since: what an access review is for.
  { email: 'ruth@kestrel.invalid', name: 'Ruth Adeyemi', role: 'publisher', department: 'Wholesale', joinedHoursAgo: 24 * 200 },
];
