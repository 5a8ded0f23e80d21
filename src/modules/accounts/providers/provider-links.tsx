import { address } from '#design';
import { connectionsText } from '../connections-text.ts';
import type { Surface } from '../tables.ts';
import type { ProviderLink } from './list-providers.ts';

/** The providers on a sign-in page, each a link. Nothing where there is none. */
export function ProviderLinks(props: { providers: readonly ProviderLink[]; surface: Surface; locale: string }) {
  const { providers, surface, locale } = props;
  const t = connectionsText(locale);
  const room = surface === 'console' ? 'console' : 'me';
  if (providers.length === 0) return null;
  return (
    <ul class="providers">
      {providers.map(({ id, name }) => (
        <li>
          <a class="button second" href={address(locale, room, 'sign-in', 'with', id)}>
            {t.rich('with', { name: <bdi>{name}</bdi> })}
          </a>
        </li>
      ))}
    </ul>
  );
}
