import {
  type AccountsRefusal,
  confirmByCode,
  confirmByPasskey,
  confirmByPassphrase,
  confirmOptions,
  confirmPage,
  takeCodeAllowance,
  waysToProve,
} from '#accounts';
import type { Hono } from 'hono';
import type { Context } from '#kernel/context';
import type { Form } from '#kernel/http';
import { type Outcome, type Refused, refuse } from '#kernel/outcome';
import { problemResponse } from '../trust/problem-response.ts';
import { passkeyPlace } from './passkey-place.ts';
import { returnPath } from './return-path.ts';
import { acting, enter, type Mount, optionsResponse, reading, type Seat } from './seat.ts';

/** The pages on which somebody who is signed in proves again who they are. */
export function confirmRoutes(app: Hono, mount: Mount): void {
  const { site, surface } = mount;
  const path = surface === 'console' ? '/:lang{[a-z]{2}}/console/confirm' : '/:lang{[a-z]{2}}/me/confirm';
  app.get(
    path,
    mount.page((seat, request) => {
      const wanted = new URL(request.url).searchParams.get('return') ?? '';
      return showConfirm(mount, seat, request, { wanted, refused: null });
    }),
  );
  app.get(
    `${path}/options`,
    mount.page(async (seat, request) => {
      const { party } = passkeyPlace(seat.organisation, request);
      return party ? optionsResponse(await confirmOptions(reading(seat), { party })) : problemResponse(site, request, 404);
    }),
  );
  app.post(
    `${path}/passkey`,
    mount.form(async (seat, request, form) => {
      const { party } = passkeyPlace(seat.organisation, request);
      if (!party) return problemResponse(site, request, 404);
      return answer(mount, seat, request, form, (ctx) =>
        confirmByPasskey(ctx, { ...sent(mount, seat, request), party, answer: form.text('response') }),
      );
    }),
  );
  app.post(
    `${path}/code`,
    mount.form((seat, request, form) =>
      guessed(mount, seat, request, form, (ctx) =>
        confirmByCode(ctx, { ...sent(mount, seat, request), code: form.text('code') }),
      ),
    ),
  );
  app.post(
    `${path}/passphrase`,
    mount.form((seat, request, form) =>
      guessed(mount, seat, request, form, (ctx) =>
        confirmByPassphrase(ctx, { ...sent(mount, seat, request), passphrase: form.text('passphrase') }),
      ),
    ),
  );
}

type Verb = (ctx: Context) => Promise<Outcome<Outcome<{ token: string }, AccountsRefusal>, AccountsRefusal>>;

function sent({ site }: Mount, { signedIn }: Seat, request: Request) {
  return { sessionId: signedIn.session.id, device: site.deviceOf(request) };
}

/** What can be guessed is counted before it is looked at. */
async function guessed(mount: Mount, seat: Seat, request: Request, form: Form, verb: Verb): Promise<Response> {
  const wait = await takeCodeAllowance(reading(seat), seat.signedIn.account.id, mount.site.deviceOf(request));
  if (wait === 0) return answer(mount, seat, request, form, verb);
  const refused = refuse('accounts/too-many-attempts', { minutes: Math.ceil(wait / 60) });
  return showConfirm(mount, seat, request, { wanted: form.text('return'), refused }, 429);
}

async function answer(mount: Mount, seat: Seat, request: Request, form: Form, verb: Verb): Promise<Response> {
  const tried = await acting(seat, verb);
  const proved = tried.ok ? tried.value : tried;
  const wanted = form.text('return');
  if (!proved.ok) return showConfirm(mount, seat, request, { wanted, refused: proved }, 422);
  const to = returnPath(wanted, homeOf(mount, seat));
  return enter(mount.site, { cookie: mount.cookie, token: proved.value.token, to });
}

type Shown = { wanted: string; refused: Refused<AccountsRefusal> | null };

async function showConfirm(mount: Mount, seat: Seat, request: Request, shown: Shown, status = 200): Promise<Response> {
  const { party, place } = passkeyPlace(seat.organisation, request);
  const ways = await waysToProve(reading(seat), seat.signedIn.account.id, party);
  const view = {
    surface: mount.surface,
    email: seat.signedIn.account.email ?? '',
    back: returnPath(shown.wanted, homeOf(mount, seat)),
    place: place.kind === 'elsewhere' ? { ...place, url: pageUrl(place.url, shown.wanted) } : place,
    ways: { passkey: ways.passkeys > 0, code: ways.totp, passphrase: ways.passphrase },
    refused: shown.refused,
  };
  return seat.respond(confirmPage(view, seat.reader), status);
}

/** The page itself, also where a form that was refused has an address of its own. */
function pageUrl(url: string, wanted: string): string {
  return `${url.replace(/\/confirm\/.*$/, '/confirm')}?return=${encodeURIComponent(wanted)}`;
}

function homeOf({ surface }: Mount, { reader }: Seat): string {
  return `/${reader.locale}/${surface === 'console' ? 'console' : 'me'}`;
}
