export const longestLabel = 60;

/** The name its owner gives a passkey, tidied; `null` when there is none or it is too long. */
export function readLabel(typed: string): string | null {
  const label = typed.trim().replaceAll(/\s+/g, ' ');
  return label === '' || label.length > longestLabel ? null : label;
}
