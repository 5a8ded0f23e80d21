import {
  type AccountsRefusal,
  endOtherSessions,
  endSession,
  judgeSecurity,
  ownAddress,
  ownPasskeys,
  ownSessions,
  registerPasskey,
  registrationOptions,
  removePasskey,
  renamePasskey,
  newPasskeyPage,
  type NewPasskeyView,
  securityFacts,
  securityJust,
  securityPage,
  sessionsPage,
  signInHistory,
} from '#accounts';
import type { Hono } from 'hono';
import type { Form } from '#kernel/http';
import type { Outcome, Refused } from '#kernel/outcome';
import { seeOther } from '../html-response.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { doubtRoutes } from './doubt-routes.ts';
import { passkeyPlace } from './passkey-place.ts';
import { acting, type Mount, optionsResponse, reading, type Seat } from './seat.ts';

/** How somebody's own account is protected: the check-up, passkeys, sessions and past sign-ins, the same on both surfaces. */
export function securityRoutes(app: Hono, mount: Mount): void {
  const path = `/:lang{[a-z]{2}}/${mount.surface === 'console' ? 'console/account' : 'me/security'}`;
  app.get(
    path,
    mount.page((seat, request) => showSecurity(mount, seat, request, null)),
  );
  passkeyRoutes(app, mount, path);
  app.get(
    `${path}/sessions`,
    mount.page((seat, request) => showSessions(mount, seat, request)),
  );
  app.post(
    `${path}/sessions/end`,
    mount.form(async (seat, _, form) => {
      await acting(seat, (ctx) => endSession(ctx, { sessionId: form.text('id') }));
      // One that has ended in the meantime is where its owner wants it.
      return seeOther(`${to(mount, seat, 'sessions')}?just=ended`);
    }),
  );
  app.post(
    `${path}/sessions/end-others`,
    mount.form(async (seat) => {
      await acting(seat, (ctx) => endOtherSessions(ctx, { sessionId: seat.signedIn.session.id }));
      return seeOther(`${to(mount, seat, 'sessions')}?just=ended`);
    }),
  );
  doubtRoutes(app, mount, path);
}

function passkeyRoutes(app: Hono, mount: Mount, path: string): void {
  app.get(
    `${path}/passkeys/new`,
    mount.page(async (seat, request) => {
      const { signedIn } = seat;
      reading(seat).require('self:secure', { subject: signedIn.account.id });
      return showNewPasskey(mount, seat, request, { label: mount.site.deviceOf(request).device, refused: null });
    }),
  );
  app.get(
    `${path}/passkeys/options`,
    mount.page(async (seat, request) => {
      const { party } = passkeyPlace(seat.organisation, request);
      if (!party) return problemResponse(mount.site, request, 404);
      return optionsResponse(await registrationOptions(reading(seat), { party, organisation: seat.organisation.name }));
    }),
  );
  app.post(
    `${path}/passkeys`,
    mount.form((seat, request, form) => addPasskey(mount, seat, request, form)),
  );
  app.post(
    `${path}/passkeys/rename`,
    mount.form(async (seat, request, form) => {
      const input = { passkeyId: form.text('id'), label: form.text('label') };
      return andThen(mount, seat, request, await acting(seat, (ctx) => renamePasskey(ctx, input)), 'passkey-renamed');
    }),
  );
  app.post(
    `${path}/passkeys/remove`,
    mount.form(async (seat, request, form) => {
      const removed = await acting(seat, (ctx) => removePasskey(ctx, { passkeyId: form.text('id') }));
      return andThen(mount, seat, request, removed, 'passkey-removed');
    }),
  );
}

/** Back to the check-up with what was done, or with why it was not. */
export async function andThen(
  mount: Mount,
  seat: Seat,
  request: Request,
  outcome: Outcome<unknown, AccountsRefusal>,
  just: (typeof securityJust)[number],
): Promise<Response> {
  return outcome.ok ? seeOther(`${to(mount, seat)}?just=${just}`) : showSecurity(mount, seat, request, outcome, 422);
}

async function showSecurity(
  mount: Mount,
  seat: Seat,
  request: Request,
  refused: Refused<AccountsRefusal> | null,
  status = 200,
): Promise<Response> {
  const { party } = passkeyPlace(seat.organisation, request);
  const ctx = reading(seat);
  const facts = await securityFacts(ctx, { party, sessionId: seat.signedIn.session.id });
  const told = new URL(request.url).searchParams.get('just');
  const view = {
    surface: mount.surface,
    findings: judgeSecurity(facts, seat.reader.now),
    passkeys: await ownPasskeys(ctx),
    rpId: party?.id ?? null,
    app: facts.totp,
    codesLeft: facts.recoveryCodes,
    just: securityJust.find((each) => each === told) ?? null,
    refused,
  };
  return seat.respond(securityPage(view, seat.reader), status);
}

async function showSessions(mount: Mount, seat: Seat, request: Request): Promise<Response> {
  const ctx = reading(seat);
  const view = {
    surface: mount.surface,
    current: seat.signedIn.session.id,
    sessions: await ownSessions(ctx),
    history: await signInHistory(ctx),
    just: new URL(request.url).searchParams.get('just') === 'ended' ? ('ended' as const) : null,
  };
  return seat.respond(sessionsPage(view, seat.reader));
}

async function addPasskey(mount: Mount, seat: Seat, request: Request, form: Form): Promise<Response> {
  const { party } = passkeyPlace(seat.organisation, request);
  if (!party) return problemResponse(mount.site, request, 404);
  const label = form.text('label');
  const added = await acting(seat, (ctx) => registerPasskey(ctx, { answer: form.text('response'), label, party }));
  if (added.ok) return seeOther(`${to(mount, seat)}?just=passkey-added`);
  return showNewPasskey(mount, seat, request, { label, refused: added }, 422);
}

type Typed = Pick<NewPasskeyView, 'label' | 'refused'>;

async function showNewPasskey(mount: Mount, seat: Seat, request: Request, typed: Typed, status = 200): Promise<Response> {
  const { place } = passkeyPlace(seat.organisation, request);
  return seat.respond(newPasskeyPage({ surface: mount.surface, place, ...typed }, seat.reader), status);
}

function to({ surface }: Mount, { reader }: Seat, ...parts: readonly string[]): string {
  return ownAddress(reader.locale, surface, ...parts);
}
