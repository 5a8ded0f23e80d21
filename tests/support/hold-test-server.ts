import { startTestServer } from './test-server.ts';

// A process that has a test server and holds on to it until it is killed.
const { url } = await startTestServer();
process.stdout.write(`${url}\n`);
setInterval(() => {}, 60_000);
