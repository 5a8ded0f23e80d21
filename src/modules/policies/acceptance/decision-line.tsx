import { address, Hash, Instant } from '#design';
import { acceptanceConsoleText } from './acceptance-console-text.ts';
import type { DecisionRow } from './acceptor.ts';
import { acceptanceText } from './acceptance-text.ts';
import type { AskedDocument } from './asked-documents.ts';

type Line = {
  readonly decision: Pick<DecisionRow, 'kind' | 'version' | 'at' | 'surface' | 'mandateId' | 'textHash'>;
  readonly document: Pick<AskedDocument, 'slug' | 'isPublic'>;
  readonly locale: string;
  /** Staff are told about somebody; the person themselves are spoken to. */
  readonly perspective?: 'staff';
};

/** One entry: what was said, of which version, when, where and by whom, and the fingerprint of what was shown. */
export function DecisionLine({ decision, document, locale, perspective }: Line) {
  const t = acceptanceText(locale);
  const { kind, version, at, surface, mandateId, textHash } = decision;
  const named = t('version', { version });
  return (
    <>
      {(perspective === 'staff' ? acceptanceConsoleText(locale) : t).rich(`kind.${kind}`, {
        version: document.isPublic ? <a href={address(locale, 'policies', document.slug, 'v', version)}>{named}</a> : named,
        date: <Instant at={at} />,
      })}{' '}
      {surface !== 'system' && (
        <span class="quiet">
          {t(mandateId === null ? `surface.${surface}` : perspective ? 'surface.mandate' : 'surface.delegate')}
        </span>
      )}{' '}
      <span class="quiet">
        {t('text-hash')} <Hash value={textHash.toString('hex')} />
      </span>
    </>
  );
}
