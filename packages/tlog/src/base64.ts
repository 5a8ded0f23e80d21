// 32,768 arguments stay below every browser's limit on the arguments of one call.
const chunk = 32_768;

/** RFC 4648 §4 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += chunk) binary += String.fromCharCode(...bytes.subarray(i, i + chunk));
  return btoa(binary);
}

/** The bytes of the one canonical base64 text; null for missing padding, spaces, stray bits or any other spelling. */
export function parseBase64(text: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  // atob forgives white space, missing padding and unused bits; two texts for one value would make proofs malleable.
  return btoa(binary) === text ? bytes : null;
}
