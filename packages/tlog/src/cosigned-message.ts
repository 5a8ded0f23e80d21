import { utf8 } from './bytes.ts';

/** What an Ed25519 witness signs: a header that no note begins with, the time, then the whole text. @see C2SP tlog-cosignature */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}
