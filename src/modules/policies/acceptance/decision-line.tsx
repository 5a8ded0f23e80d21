import { address, Hash, Instant } from '#design';
import type { DecisionRow } from './acceptor.ts';
import { acceptanceText } from './acceptance-text.ts';
import type { AskedDocument } from './asked-documents.ts';

type Line = {
  readonly decision: Pick<DecisionRow, 'kind' | 'version' | 'at' | 'surface' | 'mandateId' | 'textHash'>;
  readonly document: Pick<AskedDocument, 'slug' | 'isPublic'>;
  readonly locale: string;
};

/** One entry: what was said, of which version, when, where and by whom, and the fingerprint of what was shown. */
export function DecisionLine({ decision, document, locale }: Line) {
  const t = acceptanceText(locale);
  const { kind, version, at, surface, mandateId, textHash } = decision;
  const named = t('version', { version });
  return (
    <>
      {t.rich(`kind.${kind}`, {
        version: document.isPublic ? <a href={address(locale, 'policies', document.slug, 'v', version)}>{named}</a> : named,
        date: <Instant at={at} />,
      })}{' '}
      {surface !== 'system' && <span class="quiet">{mandateId === null ? t(`surface.${surface}`) : t('surface.delegate')}</span>}{' '}
      <span class="quiet">
        {t('text-hash')} <Hash value={textHash.toString('hex')} />
      </span>
    </>
  );
}
