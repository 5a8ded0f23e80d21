import type { Secrets } from '#kernel/context';
import type { Rendered } from './letter.ts';

/** What a message says and to whom; stored only sealed, bound to its row. */
export type Content = Rendered & {
  readonly to: string;
  /** The sender's name. The address is the installation's own and may change before it is sent. */
  readonly fromName: string;
};

const place = (id: string) => `mail.message/${id}/content`;

export function sealContent(secrets: Secrets, id: string, content: Content): Buffer {
  return secrets.seal(place(id), Buffer.from(JSON.stringify(content)));
}

/** @throws Error when the box is another message's or was changed. */
export function openContent(secrets: Secrets, id: string, box: Uint8Array): Content {
  const content: Content = JSON.parse(secrets.unseal(place(id), box).toString('utf8'));
  return content;
}
