import { openDatabase } from '../open-database.ts';

// A process that opens a data folder, says so, and holds on until it is killed or told to stop.
const database = await openDatabase({ dataFolder: process.argv[2] ?? '' });
process.stdout.write(`${database.url}\n`);
process.stdin.once('data', () => void database.stop().then(() => process.exit(0)));
