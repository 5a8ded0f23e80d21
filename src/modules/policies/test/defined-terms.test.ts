import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitClauses } from '../text/clauses.ts';
import { findDefinitions, findUses } from '../text/defined-terms.ts';

const english = `# Terms of Harbour Ltd ("Harbour", "we")

## Definitions

“Service” means all that we offer. "Personal data" refers to what tells who you are.

- Account: what you sign in with.

| Term | Meaning |
|---|---|
| Order | what you buy |

## Rules

The Service needs an Account; two Services need two Accounts. A service is no Service's part. He said “hello” to us.
This contract is with Harbour Ltd (the "Company").`;

test('terms are found in sentences, in brackets, and in the list and table of definitions; a quotation and a pronoun are none', () => {
  const clauses = splitClauses(english);
  const found = findDefinitions(clauses, 'en');
  assert.deepEqual(
    found.map(({ term }) => term),
    ['Service', 'Personal data', 'Account', 'Term', 'Order', 'Company'],
  );
  for (const { term, clauseId, at } of found) assert.equal(clauses.find(({ id }) => id === clauseId)?.text.slice(...at), term);
});

test('uses are whole words with the capital of the term, in singular, plural and genitive, without the defining place', () => {
  const clauses = splitClauses(english);
  const uses = findUses(clauses, findDefinitions(clauses, 'en'), 'en');
  const words = uses.map(({ clauseId, at }) => clauses.find(({ id }) => id === clauseId)?.text.slice(...at));
  assert.deepEqual(words, ['Service', 'Account', 'Services', 'Accounts', "Service's"]);
});

test('German definitions and their cases', () => {
  const clauses = splitClauses(
    '„Kunde“ bezeichnet jede Person, die bestellt. Die Hafen GmbH (im Folgenden „Anbieter“) liefert.\n\nDem Kunden schreibt der Anbieter, nie dem Kundendienst.',
  );
  const found = findDefinitions(clauses, 'de');
  assert.deepEqual(
    found.map(({ term }) => term),
    ['Kunde', 'Anbieter'],
  );
  assert.deepEqual(
    findUses(clauses, found, 'de').map(({ term }) => term),
    ['Kunde', 'Anbieter'],
  );
});
