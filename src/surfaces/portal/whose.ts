import { type Acting, readActing } from '#accounts';
import type { Context } from 'hono';
import type { Actor } from '#kernel/context';
import type { Form } from '#kernel/http';
import { idForm } from '#kernel/ids';
import { observe } from '#ledger';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { type Self, withSelf, withSelfForm } from './with-self.ts';

/** A request about one person: about oneself, or inside a mandate about somebody else. */
export type Whose = Self & {
  /** Who acts; inside a mandate under this one alone. */
  readonly actor: Extract<Actor, { kind: 'user' }>;
  /** About whom. Never what a form says: oneself, or the person the mandate is of. */
  readonly accountId: string;
  readonly under: Acting | null;
};

type Answer = (whose: Whose, request: Request) => Promise<Response> | Response;
type FormAnswer = (whose: Whose, request: Request, form: Form) => Promise<Response>;

/** The same pages at two places: under `/me` for oneself, under `/me/for/…` for somebody else. */
export type Place = {
  readonly path: string;
  readonly page: (answer: Answer) => (c: Context) => Promise<Response>;
  readonly form: (limit: number, answer: FormAnswer) => (c: Context) => Promise<Response>;
};

const me = '/:lang{[a-z]{2}}/me';

function own(self: Self): Whose {
  return { ...self, actor: self.signedIn.actor, accountId: self.signedIn.account.id, under: null };
}

export function ownPlace(site: Site): Place {
  return {
    path: me,
    page: (answer) => withSelf(site, (self, request) => answer(own(self), request)),
    form: (limit, answer) => withSelfForm(site, limit, (self, request, form) => answer(own(self), request, form)),
  };
}

/** Whoever holds no such mandate at this moment finds nothing here: not that it ended, nor that it ever was. */
export function mandatePlace(site: Site): Place {
  const inside = async (self: Self, request: Request, answer: (whose: Whose) => Promise<Response> | Response) => {
    const acting = await readActing(observe(site.ledger, self.signedIn.actor), self.params['mandate'] ?? '');
    return acting ? answer({ ...self, ...acting }) : problemResponse(site, request, 404);
  };
  return {
    path: `${me}/for/:mandate{${idForm}}`,
    page: (answer) => withSelf(site, (self, request) => inside(self, request, (whose) => answer(whose, request))),
    form: (limit, answer) =>
      withSelfForm(site, limit, (self, request, form) => inside(self, request, (whose) => answer(whose, request, form))),
  };
}
