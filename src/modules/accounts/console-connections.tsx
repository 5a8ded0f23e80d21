import { address, type Page, type Reader } from '#design';
import { connectionsText } from './connections-text.ts';

const rooms = ['providers', 'keys', 'webhooks', 'scim'] as const;

/** Where everything begins that other systems have to do with this one. */
export function consoleConnections({ locale }: Reader): Page {
  const t = connectionsText(locale);
  return {
    title: t('connections'),
    description: '',
    section: 'connections',
    path: 'console/connections',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('connections')}</h1>
            <p class="lede">{t('connections.lede')}</p>
          </div>
        </div>
        <ul class="ways">
          {rooms.map((room) => (
            <li>
              <a href={address(locale, 'console', 'connections', room)}>
                <b>{t(`connections.${room}`)}</b>
              </a>
              <p class="hint">{t(`connections.${room}.what`)}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}
