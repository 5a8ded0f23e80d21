import { acceptInvitation, invite, openDepartment, seedStaff, type SeedStaff } from '#accounts';
import { act, type Ledger, observe, sequencePublic } from '#ledger';
import { establishOrganisation, readOrganisation } from '#organisation';
import type { Outcome } from '#kernel/outcome';
import type { Context } from '#kernel/context';
import { openDocument, publishVersion, readPolicy, readVersionText, seedVersions, splitClauses } from '#policies';
import { answerQuestion, askQuestion, countQuestions, publishQuestion, readByReceipt, seedQuestions } from '#support';
import { operator } from './installation.ts';

const timeZone = 'Europe/Berlin';
export const demoOwner = { email: 'owner@kestrel.invalid', passphrase: 'sample passphrase' };

/**
 * Fills an empty installation with the sample organisation. Its past is written with its own clock set back, which only a sample may do:
 * its origin ends in `.invalid`, its keys are thrown away with its folder, and every page says that it is a sample.
 */
export async function seedDemo(ledger: Ledger, publicUrl: string): Promise<void> {
  const now = ledger.now();
  const steps = [
    { hoursAgo: 421 * 24, run: (at: Ledger) => establish(at, publicUrl) },
    ...(await seedVersions()).map((version) => ({
      hoursAgo: version.publishedDaysAgo * 24,
      run: (at: Ledger) => publish(at, version, now),
    })),
    ...seedQuestions.map((question) => ({ hoursAgo: question.askedHoursAgo, run: (at: Ledger) => ask(at, question, now) })),
    ...seedStaff.map((person) => ({ hoursAgo: person.joinedHoursAgo, run: (at: Ledger) => join(at, person, publicUrl) })),
    { hoursAgo: 0, run: (at: Ledger) => must(at, countQuestions) },
  ];
  for (const { hoursAgo, run } of steps.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
    await run(withClock(ledger, now.subtract({ hours: hoursAgo })));
    // Each act gets its index before the next, or one batch would order years of it by object id.
    await sequencePublic(ledger.db);
  }
  // The letters of a past that never was: nobody waits for them, and given up they would look like a fault.
  await ledger.db.deleteFrom('mail.message').execute();
}

function withClock(ledger: Ledger, instant: Temporal.Instant): Ledger {
  return { ...ledger, now: () => instant };
}

async function must<Value>(ledger: Ledger, verb: (ctx: Context) => Promise<Outcome<Value, string>>): Promise<Value> {
  const outcome = await act(ledger, operator, verb);
  if (!outcome.ok) throw new Error(`the sample was refused: ${outcome.refusal}`);
  return outcome.value;
}

async function establish(ledger: Ledger, publicUrl: string): Promise<void> {
  await must(ledger, (ctx) =>
    establishOrganisation(ctx, {
      name: 'Kestrel Coffee Roasters',
      publicUrl,
      languages: ['en', 'de'],
      timeZone,
      sector: 'retail',
      ownerEmail: demoOwner.email,
      ownerPassphrase: demoOwner.passphrase,
      demo: true,
      token: null,
    }),
  );
}

/** As anybody joins: invited, and by the link. The passphrase is the one of the sample. */
async function join(ledger: Ledger, person: SeedStaff, publicUrl: string): Promise<void> {
  const { email, name, role, department } = person;
  const letter = { organisation: 'Kestrel Coffee Roasters', publicUrl, locale: 'en' };
  const departmentId =
    department === null ? null : (await must(ledger, (ctx) => openDepartment(ctx, { name: department }))).departmentId;
  const { token } = await must(ledger, (ctx) => invite(ctx, { email, role, departmentId, ...letter }));
  await must(ledger, (ctx) => acceptInvitation(ctx, { token, name, passphrase: demoOwner.passphrase }));
}

type Version = Awaited<ReturnType<typeof seedVersions>>[number];

async function publish(ledger: Ledger, version: Version, now: Temporal.Instant): Promise<void> {
  const { slug, title, text, summary, effectiveDaysAgo } = version;
  const known = await readPolicy(observe(ledger, operator), slug);
  const documentId =
    known?.document.id ?? (await must(ledger, (ctx) => openDocument(ctx, { slug, title, language: 'en' }))).documentId;
  const day =
    effectiveDaysAgo === null
      ? null
      : now
          .subtract({ hours: effectiveDaysAgo * 24 })
          .toZonedDateTimeISO(timeZone)
          .toPlainDate();
  await must(ledger, (ctx) =>
    publishVersion(ctx, { documentId, text: Buffer.from(text), summary, effectiveLocal: day?.toString() ?? '', zone: timeZone }),
  );
}

async function ask(ledger: Ledger, question: (typeof seedQuestions)[number], now: Temporal.Instant): Promise<void> {
  const { slug, version, heading, publish: mayPublish } = question;
  const clauseId = await clauseOf(ledger, slug, version, heading);
  const { code } = await must(ledger, (ctx) =>
    askQuestion(ctx, { slug, version, clauseId, question: question.question, email: '', mayPublish, language: 'en' }),
  );
  const { answer } = question;
  if (answer === null) return;
  const later = withClock(ledger, now.subtract({ hours: question.answeredHoursAgo }));
  const matter = await readByReceipt(observe(ledger, operator), { code: code });
  if (!matter) throw new Error('the sample question cannot be found by its code');
  await must(later, (ctx) => answerQuestion(ctx, { id: matter.id, answer }));
  if (mayPublish) await must(later, (ctx) => publishQuestion(ctx, { id: matter.id, question: question.question, answer }));
}

async function clauseOf(ledger: Ledger, slug: string, version: number, heading: string): Promise<string> {
  const ctx = observe(ledger, operator);
  const policy = await readPolicy(ctx, slug);
  const text = policy && (await readVersionText(ctx, policy.document.id, version));
  const clause = text && splitClauses(text.toString('utf8')).find((one) => one.block === 'heading' && one.text === heading);
  if (!clause) throw new Error(`the sample has no clause "${heading}" in ${slug} ${version}`);
  return clause.id;
}

/** Whether this installation is a sample; `null` when it is nothing yet. */
export async function isDemo(ledger: Ledger): Promise<boolean | null> {
  return (await readOrganisation(observe(ledger, operator)))?.demo ?? null;
}
