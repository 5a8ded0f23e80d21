import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { designText } from './design-text.ts';
import { ReaderContext } from './reader.ts';

export type NoticeTone = 'plain' | 'good' | 'warn' | 'bad';

/** A message inside a page. `announce` is for the answer to something the reader just did. */
export function Notice({
  tone = 'plain',
  announce = false,
  children,
}: {
  tone?: NoticeTone;
  announce?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`} role={announce ? 'status' : undefined}>
      {children}
    </div>
  );
}

/** What is unusual about the whole installation or page, above everything else. */
export type Banner = 'rehearsal' | 'sample' | 'insecure';

export function Banners({ show }: { show: readonly Banner[] }) {
  const t = designText(useContext(ReaderContext).locale);
  if (show.length === 0) return null;
  return (
    <aside aria-label={t('notices')}>
      {show.map((banner) => (
        <div class={`notice ${banner === 'insecure' ? 'bad' : 'warn'}`}>
          <p class="wrap">{t.rich(`notice.${banner}`)}</p>
        </div>
      ))}
    </aside>
  );
}
