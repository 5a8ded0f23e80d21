import { address, EntryNumber, Hash } from '#design';
import { policiesText } from '../policies-text.ts';
import type { VersionView } from '../version-view.ts';

type Props = { version: VersionView; slug: string; locale: string };

/** The PDF that was signed, beside the text it belongs to; nothing where there was none. */
export function SignedCopyLine({ version, slug, locale }: Props) {
  const t = policiesText(locale);
  const { signedCopy: copy, number } = version;
  if (!copy) return null;
  const { entry } = copy;
  return (
    <p class="quiet">
      {copy.bytes === null
        ? t('signed-copy.withheld')
        : t.rich('signed-copy', {
            size: Math.ceil(copy.bytes / 1000),
            link: (inner) => (
              <a href={`/log/public/body/${copy.hash}`} download={`${slug}-v${number}.pdf`} type="application/pdf">
                {inner}
              </a>
            ),
          })}{' '}
      {entry !== null && (
        <a href={address(locale, 'log', 'public', 'entry', entry)}>
          <EntryNumber index={entry} />
        </a>
      )}{' '}
      <Hash value={copy.hash} />
    </p>
  );
}
