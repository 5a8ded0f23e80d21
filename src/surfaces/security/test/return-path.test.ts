import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageToReturnTo, returnPath } from '../return-path.ts';
import { wayToConfirm } from '../way-to-confirm.ts';

const home = '/en/console';

test('a proof leads on to a page of the same surface on this site, and to nothing that a browser could take elsewhere', () => {
  for (const own of [home, '/de/console/account', '/en/console/policies/privacy?version=2', '/en/console?just=set-up'])
    assert.equal(returnPath(own, home), own);
  assert.equal(returnPath('/en/console/policies/../account', home), '/en/console/account');
  for (const elsewhere of [
    '',
    '/',
    '/en',
    '/en/policies',
    '/en/me/security',
    '/en/consoles',
    '//evil.example/en/console',
    '/\\evil.example',
    '\\\\evil.example',
    '/en/console\\..\\..\\evil',
    '/en/console//evil.example',
    '/en/console/../../..//evil.example',
    '/en/console/../me/security',
    '/en/console/%2e%2e/me/security',
    'https://evil.example/en/console',
    'javascript:alert(1)',
    '/en/console\r\nset-cookie: a=b',
    '/en/console\t',
    ' /en/console',
    'en/console',
    '/en/console\0',
  ])
    assert.equal(returnPath(elsewhere, home), home, elsewhere);
  assert.equal(returnPath('/en/me/security', '/en/me'), '/en/me/security');
  assert.equal(returnPath('/en/console', '/en/me'), '/en/me');
});

test('a page leads back to itself, a form to the page it stood on, a form from elsewhere to the start', () => {
  const site = 'https://trust.example.org';
  const form = (referer: string | null) =>
    new Request(`${site}/en/console/account/totp/remove`, {
      method: 'POST',
      ...(referer === null ? {} : { headers: { referer } }),
    });
  assert.equal(pageToReturnTo(new Request(`${site}/en/console/account/totp?x=1`)), '/en/console/account/totp?x=1');
  assert.equal(pageToReturnTo(form(`${site}/en/console/account`)), '/en/console/account');
  assert.equal(pageToReturnTo(form('https://evil.example/en/console/account')), home);
  assert.equal(pageToReturnTo(form(`${site}/en/policies`)), home);
  assert.equal(pageToReturnTo(form('no address')), home);
  assert.equal(pageToReturnTo(form(null)), home);
  const way = (path: string) => wayToConfirm(new Request(`${site}${path}`))?.headers.get('location') ?? null;
  assert.equal(way('/de/console/account/totp'), '/de/console/confirm?return=%2Fde%2Fconsole%2Faccount%2Ftotp');
  assert.equal(way('/de/me/security'), '/de/me/confirm?return=%2Fde%2Fme%2Fsecurity');
  for (const program of ['/api/v1/policies', '/en/consoles', '/console']) assert.equal(way(program), null);
});
