import {
  base32,
  changePassphrase,
  closeDispute,
  disputePage,
  makeRecoveryCodes,
  offerTotp,
  passphrasePage,
  readDispute,
  readOffer,
  recoveryCodesPage,
  removeTotp,
  setUpTotp,
  type SetUpTotpRefusal,
  totpAddress,
  totpPage,
} from '#accounts';
import { Hono } from 'hono';
import { holds } from '#kernel/context';
import type { Form } from '#kernel/http';
import type { Refused } from '#kernel/outcome';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import { confirmRoutes } from '../security/confirm-routes.ts';
import { acting, type Mount, reading, type Seat } from '../security/seat.ts';
import { andThen, securityRoutes } from '../security/security-routes.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

// A passkey's answer is the largest of these forms: about 1.5 kB.
const formLimit = 64_000;
const path = '/:lang{[a-z]{2}}/console/account';

/** The pages on which a member of staff looks after their own account, and those on which they prove again who they are. */
export function accountRoutes(site: Site): Hono {
  const app = new Hono();
  const mount: Mount = {
    site,
    surface: 'console',
    cookie: 'staff',
    page: (answer) => withDesk(site, (desk, request) => answer(seatOf(desk), request)),
    form: (answer) => withForm(site, formLimit, (desk, request, form) => answer(seatOf(desk), request, form)),
  };
  confirmRoutes(app, mount);
  securityRoutes(app, mount);
  staffProofRoutes(app, mount);
  app.get(
    '/:lang{[a-z]{2}}/console/disputes/:id',
    withDesk(site, (desk, request) => showDispute(desk, request, { note: '', refused: null })),
  );
  app.post('/:lang{[a-z]{2}}/console/disputes/:id', withForm(site, formLimit, sendDispute));
  return app;
}

function seatOf(desk: Desk): Seat {
  return { ...desk, respond: (page, status) => consoleResponse(desk, page, status) };
}

/** What only staff have: an app, recovery codes and a passphrase. */
function staffProofRoutes(app: Hono, mount: Mount): void {
  app.get(
    `${path}/totp`,
    mount.page(async (seat) => showTotp(seat, offerTotp(reading(seat)))),
  );
  app.post(
    `${path}/totp`,
    mount.form((seat, request, form) => sendTotp(mount, seat, request, form)),
  );
  app.post(
    `${path}/totp/remove`,
    mount.form(async (seat, request) => andThen(mount, seat, request, await acting(seat, removeTotp), 'totp-removed')),
  );
  app.post(
    `${path}/recovery-codes`,
    mount.form(async (seat) => {
      const made = await acting(seat, makeRecoveryCodes);
      if (!made.ok) throw new Error('making codes is never refused');
      return seat.respond(recoveryCodesPage(made.value, seat.reader));
    }),
  );
  app.get(
    `${path}/passphrase`,
    mount.page(async (seat) => {
      reading(seat).require('self:secure', { subject: seat.signedIn.account.id });
      return seat.respond(passphrasePage({ email: seat.signedIn.account.email ?? '', refused: null }, seat.reader));
    }),
  );
  app.post(
    `${path}/passphrase`,
    mount.form(async (seat, request, form) => {
      const { account, session } = seat.signedIn;
      const input = { passphrase: form.text('passphrase'), again: form.text('again'), sessionId: session.id };
      const changed = await acting(seat, (ctx) => changePassphrase(ctx, input));
      if (changed.ok) return andThen(mount, seat, request, changed, 'passphrase-changed');
      return seat.respond(passphrasePage({ email: account.email ?? '', refused: changed }, seat.reader), 422);
    }),
  );
}

type Offer = NonNullable<ReturnType<typeof readOffer>>;

async function showTotp(
  seat: Seat,
  { secret, sealed }: Offer,
  refused: Refused<SetUpTotpRefusal> | null = null,
): Promise<Response> {
  const { email, name } = seat.signedIn.account;
  const address = totpAddress(secret, { issuer: seat.organisation.name, account: email ?? name ?? '' });
  return seat.respond(totpPage({ address, secret: base32(secret), sealed, refused }, seat.reader), refused ? 422 : 200);
}

async function sendTotp(mount: Mount, seat: Seat, request: Request, form: Form): Promise<Response> {
  const sealed = form.text('sealed');
  const set = await acting(seat, (ctx) => setUpTotp(ctx, { sealed, code: form.text('code') }));
  if (set.ok || set.refusal === 'accounts/totp-there') return andThen(mount, seat, request, set, 'totp-added');
  // The same secret again where it still counts: it is in the app already.
  return showTotp(seat, readOffer(reading(seat), sealed) ?? offerTotp(reading(seat)), set);
}

type Typed = Pick<Parameters<typeof disputePage>[0], 'note' | 'refused'>;

async function showDispute(desk: Desk, request: Request, typed: Typed, status = 200): Promise<Response> {
  const dispute = await readDispute(observe(desk.site.ledger, desk.signedIn.actor), desk.params['id'] ?? '');
  if (!dispute) return problemResponse(desk.site, request, 404);
  const mayClose = holds(desk.signedIn.actor, 'accounts:disputes');
  return consoleResponse(desk, disputePage({ dispute, mayClose, ...typed }, desk.reader), status);
}

async function sendDispute(desk: Desk, request: Request, form: Form): Promise<Response> {
  const note = form.text('note').replaceAll('\r\n', '\n');
  const closed = await act(desk.site.ledger, desk.signedIn.actor, (ctx) =>
    closeDispute(ctx, { disputeId: desk.params['id'] ?? '', note }),
  );
  if (closed.ok) return seeOther(`/${desk.reader.locale}/console`);
  return showDispute(desk, request, { note, refused: closed }, 422);
}
