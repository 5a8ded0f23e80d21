import {
  type AccountsRefusal,
  disputeSignIn,
  doubtPage,
  type DoubtView,
  ownAddress,
  readDoubt,
  removeDoubted,
  settleDoubt,
  tellDispute,
} from '#accounts';
import type { Hono } from 'hono';
import type { Refused } from '#kernel/outcome';
import { seeOther } from '../html-response.ts';
import { acting, type Mount, reading, type Seat } from './seat.ts';

/** "This was not me", and the list of what whoever it was may have left behind. */
export function doubtRoutes(app: Hono, mount: Mount, path: string): void {
  app.post(
    `${path}/dispute`,
    mount.form(async (seat, _, form) => {
      const input = { signInId: form.text('id'), sessionId: seat.signedIn.session.id };
      const { name, publicUrl, timeZone } = seat.organisation;
      const about = { organisation: name, publicUrl, zone: timeZone, locale: seat.reader.locale };
      const disputed = await acting(seat, async (ctx) => {
        const outcome = await disputeSignIn(ctx, input);
        if (outcome.ok) await tellDispute(ctx, about);
        return outcome;
      });
      return disputed.ok ? seeOther(`${here(mount, seat)}?just=disputed`) : show(mount, seat, null, disputed);
    }),
  );
  app.get(
    `${path}/doubt`,
    mount.page((seat, request) => {
      const just = new URL(request.url).searchParams.get('just');
      return show(mount, seat, just === 'disputed' || just === 'removed' ? just : null, null);
    }),
  );
  app.post(
    `${path}/doubt/remove`,
    mount.form(async (seat, _, form) => {
      const removed = await acting(seat, (ctx) => removeDoubted(ctx, { kind: form.text('kind'), id: form.text('id') }));
      return removed.ok ? seeOther(`${here(mount, seat)}?just=removed`) : show(mount, seat, null, removed);
    }),
  );
  app.post(
    `${path}/doubt`,
    mount.form(async (seat, _, form) => {
      const settled = await acting(seat, (ctx) => settleDoubt(ctx, { seen: form.text('seen') }));
      const home = ownAddress(seat.reader.locale, mount.surface);
      return settled.ok ? seeOther(`${home}?just=settled`) : show(mount, seat, null, settled);
    }),
  );
}

async function show(
  { surface }: Mount,
  seat: Seat,
  just: DoubtView['just'],
  refused: Refused<AccountsRefusal> | null,
): Promise<Response> {
  const doubt = await readDoubt(reading(seat));
  return seat.respond(doubtPage({ surface, doubt, just, refused }, seat.reader), refused ? 422 : 200);
}

function here({ surface }: Mount, { reader }: Seat): string {
  return ownAddress(reader.locale, surface, 'doubt');
}
