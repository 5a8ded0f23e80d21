import {
  type AccountsRefusal,
  allowProof,
  askForProof,
  confirmByLetterCode,
  confirmByLink,
  confirmByCode,
  confirmByPasskey,
  confirmByPassphrase,
  confirmOptions,
  confirmPage,
  openProofPage,
  type OpenProofView,
  takeCodeAllowance,
  waysToProve,
} from '#accounts';
import type { Hono } from 'hono';
import type { Context } from '#kernel/context';
import type { Form } from '#kernel/http';
import { type Outcome, type Refused, refuse } from '#kernel/outcome';
import { seeOther } from '../html-response.ts';
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
      const query = new URL(request.url).searchParams;
      return showConfirm(mount, seat, request, { wanted: query.get('return') ?? '', refused: null, sent: query.has('sent') });
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

/** By a letter: for users, who have no passphrase and perhaps no passkey. */
export function letterRoutes(app: Hono, mount: Mount): void {
  const path = '/:lang{[a-z]{2}}/me/confirm';
  app.post(
    `${path}/letter`,
    mount.form((seat, request, form) => sendLetter(mount, seat, request, form)),
  );
  app.post(
    `${path}/letter-code`,
    mount.form((seat, request, form) =>
      guessed(mount, seat, request, form, (ctx) =>
        confirmByLetterCode(ctx, { ...sent(mount, seat, request), code: form.text('letter-code') }),
      ),
    ),
  );
  app.get(
    `${path}/open`,
    mount.page(async (seat, request) =>
      showOpen(seat, { token: new URL(request.url).searchParams.get('token') ?? '', refused: null }),
    ),
  );
  app.post(
    `${path}/open`,
    mount.form(async (seat, _, form) => {
      const input = { sessionId: seat.signedIn.session.id, token: form.text('token') };
      const proved = await acting(seat, (ctx) => confirmByLink(ctx, input));
      if (!proved.ok) return showOpen(seat, { token: '', refused: proved });
      const to = returnPath(proved.value.returnTo, homeOf(mount, seat));
      return enter(mount.site, { cookie: mount.cookie, token: proved.value.token, to });
    }),
  );
}

function showOpen(seat: Seat, view: OpenProofView): Response {
  return seat.respond(openProofPage(view, seat.reader), view.refused ? 422 : 200);
}

async function sendLetter(mount: Mount, seat: Seat, request: Request, form: Form): Promise<Response> {
  const { reader, organisation, signedIn } = seat;
  const wanted = form.text('return');
  const wait = await allowProof(reading(seat), signedIn.account.id);
  if (wait > 0) {
    const refused = refuse('accounts/too-many-attempts', { minutes: Math.ceil(wait / 60) });
    return showConfirm(mount, seat, request, { wanted, refused, sent: true }, 429);
  }
  const returnTo = returnPath(wanted, homeOf(mount, seat));
  const { name, publicUrl } = organisation;
  const about = { returnTo, publicUrl, organisation: name, locale: reader.locale };
  const asked = await acting(seat, (ctx) => askForProof(ctx, { ...sent(mount, seat, request), ...about }));
  if (!asked.ok) return showConfirm(mount, seat, request, { wanted, refused: asked }, 422);
  return seeOther(`/${reader.locale}/me/confirm?sent&return=${encodeURIComponent(returnTo)}`);
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

type Shown = { wanted: string; refused: Refused<AccountsRefusal> | null; sent?: boolean };

async function showConfirm(mount: Mount, seat: Seat, request: Request, shown: Shown, status = 200): Promise<Response> {
  const { party, place } = passkeyPlace(seat.organisation, request);
  const ways = await waysToProve(reading(seat), seat.signedIn.account.id, party);
  const { email } = seat.signedIn.account;
  // Whoever has a passkey here has something better than a mailbox.
  const byMail = mount.surface === 'portal' && ways.passkeys === 0;
  const view = {
    surface: mount.surface,
    email: email ?? '',
    back: returnPath(shown.wanted, homeOf(mount, seat)),
    place: place.kind === 'elsewhere' ? { ...place, url: pageUrl(place.url, shown.wanted) } : place,
    ways: { passkey: ways.passkeys > 0, code: ways.totp, passphrase: ways.passphrase },
    mail: byMail && email !== null ? { address: email, sent: shown.sent ?? onLetterCode(request) } : null,
    refused: shown.refused,
  };
  return seat.respond(confirmPage(view, seat.reader), status);
}

/** A wrong code stays on the page with the field for it. */
function onLetterCode(request: Request): boolean {
  return new URL(request.url).pathname.endsWith('/letter-code');
}

/** The page itself, also where a form that was refused has an address of its own. */
function pageUrl(url: string, wanted: string): string {
  return `${url.replace(/\/confirm\/.*$/, '/confirm')}?return=${encodeURIComponent(wanted)}`;
}

function homeOf({ surface }: Mount, { reader }: Seat): string {
  return `/${reader.locale}/${surface === 'console' ? 'console' : 'me'}`;
}
