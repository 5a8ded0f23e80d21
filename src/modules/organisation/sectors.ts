/** Decides which pack of purposes, policies and clocks an organisation starts from. */
export const sectors = ['finance', 'healthcare', 'retail', 'government', 'social-network', 'other'] as const;
export type Sector = (typeof sectors)[number];

export function isSector(text: string): text is Sector {
  return (sectors as readonly string[]).includes(text);
}
