import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { permissions, provedAgain } from '../src/modules/accounts/roles/permissions.ts';
import { roles } from '../src/modules/accounts/roles/roles.ts';
import { readVerbs, type VerbPermissions } from './support/verb-permissions.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'permissions.md');
const update = process.env['UPDATE_GOLDEN'] === '1';

/** What writes and asks for no permission, and what stands in its place. */
const unasked: Readonly<Record<string, string>> = {
  acceptInvitation: 'the token of the invitation is the permission, and whoever sent it must still be able to give the role',
  acceptWithProvider:
    'the token of the invitation and the signed answer of the provider are the proof, and whoever sent it must still be able to give the role',
  allowLink: 'counts an attempt before it is made; nobody is signed in yet',
  allowLinkCode: 'counts an attempt before it is made; nobody is signed in yet',
  answerByLink: 'the ticket in the link is the proof, for the person and the document that it was made for',
  allowProof: 'counts a letter before it is sent; the route has asked who is signed in',
  askQuestion: 'anybody may ask; what it reads of a policy is asked for only of staff',
  askForLink: 'anybody may have a link sent, and it opens only the account of its mailbox',
  beginSecondStep: 'the passphrase was checked by the same request, and what it makes opens the second step alone',
  checkPassphrase: 'the passphrase is the proof; it writes the refused attempt only',
  closeSession: 'the token of the session is the permission to end it',
  countQuestions: 'what it states is counted and not said; whoever may read the questions may have them counted',
  decideApproval: 'asks for the permission that the request is about, in its department, whichever it is',
  endMandatesOf: 'part of an act that has asked: the erasure of one side',
  endSessionsAtProvider: 'the signed word of the provider is the proof, and all it does is to end sessions that came through it',
  enterLinkCode: 'the code and the cookie of the browser that asked are the proof',
  findConnection: 'the token is the proof; it writes when it was last used',
  finishSecondStep: 'the half session and the code are the proof',
  handedAccount: 'part of an act that has asked for what the program may do',
  noteLook: 'a look of a delegate writes that it was taken, and nothing else; whoever may look has it written',
  openLink: 'the token in the letter is the proof',
  openSession: 'called by a verb or a route that has made sure of the proof',
  readKey: 'the key is the proof; it writes the hour of its last use',
  readStaffSession: 'the token in the cookie is the proof; it writes when the session was last seen',
  readUserSession: 'the token in the cookie is the proof; it writes when the session was last seen',
  requestApproval: 'asks for the permission that the request is about, in its department, whichever it is',
  returnFromProvider: 'the cookie and the state of a flow that this browser began are the permission to spend it',
  secondPersonMissing: 'part of an act that has asked; it spends the approval that the act needs',
  signInByPasskey: 'the signature of the passkey is the proof',
  signInWithProvider: 'the signed answer of the provider is the proof',
  spendHandOff: 'the ticket is the proof',
  startAtProvider: 'anybody may set out to sign in; what it writes is sealed, over in ten minutes and limited by the route',
  takeAllowance: 'counts attempts of whoever makes them',
  takeCodeAllowance: 'counts an attempt before it is made',
  takeReceiptAllowance: 'counts attempts of whoever makes them',
  tellDispute: 'part of the act of a dispute, which asks; it writes to those who keep the organisation secure',
  tellNewDevice: 'a task of the queue, which no request reaches',
};

function project(): Map<string, string> {
  const paths = globSync('src/{modules,mail}/**/*.{ts,tsx}', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  const code = paths.filter((path) => !path.includes('/test/')).toSorted();
  return new Map(code.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function holders(asks: string): string {
  if (asks.startsWith('self:')) return 'each for themselves';
  if (asks === 'scim:provision') return 'the token of a connection';
  const held = Object.entries<readonly string[]>(roles).flatMap(([role, all]) => (all.includes(asks) ? [role] : []));
  return held.join(', ');
}

function lineOf({ name, writes, asks }: VerbPermissions): string {
  const fresh = asks.filter((each) => [...provedAgain].some((permission) => permission === each));
  const asked = (unasked[name] ? `none: ${unasked[name]}` : asks.map((each) => `\`${each}\``).join(', ')) || 'none';
  const who = (unasked[name] ? [] : asks).map((each) => holders(each)).filter((each, at, all) => all.indexOf(each) === at);
  const cells = [`\`${name}\``, writes ? 'writes' : 'reads', asked, fresh.length > 0 ? 'yes' : '', who.join('; ')];
  return `| ${cells.join(' | ')} |`;
}

function render(verbs: readonly VerbPermissions[]): string {
  const modules = [...Map.groupBy(verbs, ({ module }) => module)];
  const parts = modules.map(([module, own]) =>
    [
      `## ${module}`,
      '',
      '| Verb | | Asks for | Fresh proof | Built-in roles that hold it |',
      '| --- | --- | --- | --- | --- |',
      ...own.map(lineOf),
    ].join('\n'),
  );
  const head = [
    '# Who may call what',
    '',
    'Made from the code by `UPDATE_GOLDEN=1 npm test -- tests/permissions`; a test fails when it is out of date.',
    '',
    'Every function behind the front door of a module that acts for somebody, and what it or anything that it calls may ask of them.',
    'Where several permissions stand in a line, which of them is asked for depends on who acts and on what; the file of the verb says so.',
    '“Fresh proof”: one of them counts only within ten minutes after the person has proved who they are.',
  ];
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`;
}

test('docs/permissions.md says for every verb who may call it', () => {
  const verbs = readVerbs(project());
  assert.ok(verbs.length > 150, `the verbs were found at all: ${verbs.length}`);
  const text = render(verbs);
  if (update) writeFileSync(page, text);
  assert.equal(text, readFileSync(page, 'utf8'), 'UPDATE_GOLDEN=1 writes it');
});

test('a verb that writes asks for a permission, or stands in the list above with what stands in its place', () => {
  // A permission to read does not guard what is written.
  const open = readVerbs(project()).filter(({ writes, asks }) => writes && asks.every((each) => each.endsWith(':read')));
  assert.deepEqual(open.map(({ name }) => name).toSorted(), Object.keys(unasked).toSorted());
});

test('a verb asks for nothing that no role holds', () => {
  const known = new Set<string>([...permissions, 'scim:provision']);
  const asked = readVerbs(project()).flatMap(({ asks }) => asks.filter((each) => !each.startsWith('self:')));
  assert.deepEqual(
    asked.filter((each) => !known.has(each)),
    [],
  );
});

test('planted and caught: a verb without a permission, one that asks in another file, and one that only reads', () => {
  const verb = (name: string, body: string) => `export async function ${name}(ctx: Context) {\n${body}\n}\n`;
  const verbs = readVerbs(
    new Map([
      ['src/modules/a/index.ts', "export { open } from './open.ts';\nexport {\n  shut,\n  look,\n} from './shut.ts';\n"],
      ['src/modules/a/open.ts', verb('open', "  // ctx.require('a:open')\n  await ctx.db.deleteFrom('a.b').execute();")],
      ['src/modules/a/shut.ts', `import { guard } from './guard.ts';\n${verb('shut', '  await guard(ctx);')}${verb('look', '')}`],
      ['src/modules/a/guard.ts', verb('guard', "  ctx.require('a:shut');\n  await ctx.record({});")],
    ]),
  );
  assert.deepEqual(verbs, [
    { module: 'a', name: 'look', asks: [], writes: false },
    { module: 'a', name: 'open', asks: [], writes: true },
    { module: 'a', name: 'shut', asks: ['a:shut'], writes: true },
  ]);
});
