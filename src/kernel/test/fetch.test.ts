import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, suite, test } from 'node:test';
import { isPublicAddress, outboundFetch, type Address } from '../fetch.ts';

const ends: (() => void)[] = [];
after(() => ends.forEach((end) => end()));

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has one
  return (server.address() as AddressInfo).port;
}

const at = (address: string): Address[] => [{ address, family: address.includes(':') ? 6 : 4 }];
const codeOf = async (fetched: ReturnType<ReturnType<typeof outboundFetch>>) => {
  const outcome = await fetched;
  return outcome.ok ? outcome.value.status : outcome.refusal;
};

suite('fetching from elsewhere', { concurrency: 4 }, () => {
  test('only public addresses are reached', async () => {
    const inside = outboundFetch({ allow: [] });
    for (const host of [
      '10.0.0.1',
      '172.31.0.1',
      '192.168.1.1',
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '100.64.0.1',
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '[::1]',
      '[::]',
      '[fd00::1]',
      '[fe80::1]',
      '[ff02::1]',
      '[::ffff:10.0.0.1]',
      '[::ffff:8.8.8.8]',
      '[64:ff9b::a00:1]',
      '[2002:a00:1::]',
    ]) {
      assert.equal(await codeOf(inside(`https://${host}/`)), 'fetch/not-public', host);
    }
    assert(isPublicAddress('93.184.215.14') && isPublicAddress('2606:2800:21f:cb07:6820:80da:af6b:8b2c'));
  });

  test('addresses of another kind are refused before anything is asked', async () => {
    const fetch = outboundFetch({ allow: ['127.0.0.0/8'], resolve: () => Promise.resolve(at('93.184.215.14')) });
    assert.equal(await codeOf(fetch('not an address')), 'fetch/address-not-valid');
    assert.equal(await codeOf(fetch('https://user:secret@idp.example/')), 'fetch/address-not-valid');
    for (const url of ['http://idp.example/', 'ftp://idp.example/', 'file:///etc/passwd', 'data:,x'])
      assert.equal(await codeOf(fetch(url)), 'fetch/not-https', url);
    const nowhere = outboundFetch({ allow: [], resolve: () => Promise.reject(new Error('no such name')) });
    assert.equal(await codeOf(nowhere('https://idp.example/')), 'fetch/name-unknown');
  });

  test('a name that has one private address among public ones is refused', async () => {
    const fetch = outboundFetch({ allow: [], resolve: () => Promise.resolve([...at('93.184.215.14'), ...at('10.0.0.1')]) });
    assert.equal(await codeOf(fetch('https://idp.example/')), 'fetch/not-public');
  });

  test('a name is resolved once and the judged address is the one connected to', async () => {
    const port = await serve((_, answer) => void answer.end('here'));
    let asked = 0;
    // What a rebinding name does: a harmless answer first, the protected machine afterwards.
    const fetch = outboundFetch({
      allow: ['127.0.0.1'],
      resolve: () => Promise.resolve(at((asked += 1) === 1 ? '127.0.0.1' : '10.0.0.1')),
    });
    const first = await fetch(`http://idp.example:${port}/`);
    assert(first.ok && (await first.value.text()) === 'here');
    assert.equal(asked, 1);
    assert.equal(await codeOf(fetch(`http://idp.example:${port}/`)), 'fetch/not-public');
  });

  test('what the operator opened is reached, and no more', async () => {
    const port = await serve((_, answer) => void answer.end());
    const resolve = (name: string) => Promise.resolve(at(name === 'metadata.internal' ? '169.254.169.254' : '127.0.0.1'));
    const fetch = outboundFetch({ allow: ['idp.internal', 'metadata.internal', '10.1.0.0/16'], resolve });
    assert.equal(await codeOf(fetch(`http://IDP.internal:${port}/`)), 200);
    assert.equal(await codeOf(fetch(`http://other.internal:${port}/`)), 'fetch/not-public');
    assert.equal(await codeOf(fetch('https://metadata.internal/')), 'fetch/not-public');
    assert.equal(await codeOf(fetch('https://10.2.0.1/')), 'fetch/not-public');
    assert.equal(await codeOf(fetch('http://10.1.0.1/')), 'fetch/not-https', 'plain http stays on this machine');
  });

  test('each redirect is judged again, and no credentials go along to another site', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, answer) => {
      seen.push(request.headers.authorization);
      answer.end('there');
    });
    const port = await serve((request, answer) => {
      const location = {
        '/inside': 'https://10.0.0.1/',
        '/plain': 'http://93.184.215.14/',
        '/loop': '/loop',
        '/same': '/',
        '/there': `http://127.0.0.1:${other}/`,
      }[request.url ?? ''];
      if (location === undefined) {
        seen.push(request.headers.authorization);
        answer.end('here');
      } else answer.writeHead(302, { location }).end();
    });
    const fetch = outboundFetch({ allow: ['127.0.0.1'] });
    const headers = { authorization: 'Bearer secret' };
    const follow = (path: string) => codeOf(fetch(`http://127.0.0.1:${port}${path}`, { headers }, { redirects: 2 }));
    assert.equal(await follow('/inside'), 'fetch/not-public');
    assert.equal(await follow('/plain'), 'fetch/not-https');
    assert.equal(await follow('/loop'), 'fetch/too-many-redirects');
    assert.deepEqual([await follow('/same'), await follow('/there')], [200, 200]);
    assert.deepEqual(seen, ['Bearer secret', undefined]);
    assert.equal(await codeOf(fetch(`http://127.0.0.1:${port}/loop`)), 302, 'without leave, a redirect is the answer');
    const posted = fetch(`http://127.0.0.1:${port}/same`, { method: 'POST', body: 'secret' }, { redirects: 2 });
    assert.equal(await codeOf(posted), 'fetch/too-many-redirects', 'what was posted goes nowhere else');
  });

  test('an answer ends at its size, its time and its connection', async () => {
    const port = await serve((request, answer) => {
      if (request.url === '/long') answer.end('x'.repeat(1001));
      else if (request.url === '/slow') answer.write('x');
      else if (request.url === '/torn') answer.writeHead(200, { 'content-length': '9' }).write('x', () => answer.destroy());
      else answer.writeHead(204).end();
    });
    const fetch = outboundFetch({ allow: ['127.0.0.1'] });
    const get = (path: string, milliseconds = 2000) =>
      codeOf(fetch(`http://127.0.0.1:${port}${path}`, {}, { bytes: 1000, milliseconds }));
    assert.equal(await get('/long'), 'fetch/too-large');
    assert.equal(await get('/slow', 60), 'fetch/too-slow');
    assert.equal(await get('/silent'), 204);
    assert.equal(await get('/torn'), 'fetch/not-reached');
    assert.equal(await codeOf(fetch('http://127.0.0.1:1/')), 'fetch/not-reached');
    const stuck = outboundFetch({ allow: [], resolve: () => new Promise(() => {}) });
    assert.equal(await codeOf(stuck('https://idp.example/', {}, { milliseconds: 30 })), 'fetch/too-slow');
  });
});
