import type { Client, Connection, Submittable } from 'pg';

/** The part of pg's connection that COPY needs and its types leave out. */
type CopyConnection = Connection & {
  stream: NodeJS.ReadWriteStream & { writableNeedDrain: boolean };
  query(text: string): void;
  sync(): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** What pg calls on a query it runs, for the messages that can occur in a COPY. */
class CopyQuery implements Submittable {
  readonly done: Promise<void>;
  readonly #text: string;
  readonly #onData: (chunk: Buffer, connection: CopyConnection) => void;
  readonly #source: AsyncIterable<Uint8Array> | undefined;
  readonly #settle: { resolve(): void; reject(error: unknown): void };
  #failure: unknown;

  constructor(
    text: string,
    on: { data?: (chunk: Buffer, connection: CopyConnection) => void; source?: AsyncIterable<Uint8Array> },
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.done = promise;
    this.#settle = { resolve, reject };
    this.#text = text;
    this.#onData = on.data ?? (() => {});
    this.#source = on.source;
  }

  submit(connection: Connection): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same object; its published type is incomplete
    (connection as CopyConnection).query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    this.#onData(chunk, connection);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).then(
      () => connection.endCopyFrom(),
      (error: unknown) => {
        this.#failure = error;
        connection.sendCopyFail('the source of the data broke off');
      },
    );
  }

  async #send(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.#source ?? []) {
      // After an error the server has left the copy; the rest of the data would only fill memory.
      if (this.#failure !== undefined) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await new Promise((resolve) => connection.stream.once('drain', resolve));
    }
  }

  handleError(error: unknown): void {
    this.#failure ??= error;
    // Without this the client would wait for a ReadyForQuery that a lost connection never sends.
    this.#settle.reject(this.#failure);
  }

  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.#settle.resolve();
    else this.#settle.reject(this.#failure);
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

// Above this the server is held back: a table may be larger than memory.
const readAhead = 1 << 20;

/** The rows of a `copy … to stdout`, as they arrive. */
export async function* copyOut(client: Client, statement: string): AsyncGenerator<Buffer> {
  const state = { waiting: [] as Buffer[], size: 0, ended: false, arrived: Promise.withResolvers<void>() };
  const query = new CopyQuery(statement, {
    data: (chunk, connection) => {
      state.waiting.push(chunk);
      state.size += chunk.length;
      if (state.size > readAhead) connection.stream.pause();
      held = connection;
      state.arrived.resolve();
    },
  });
  let held: CopyConnection | undefined;
  client.query(query);
  const finish = query.done.finally(() => {
    state.ended = true;
    state.arrived.resolve();
  });
  // Awaited below; until then a failure must not count as unhandled.
  finish.catch(() => {});
  while (!state.ended || state.waiting.length > 0) {
    await state.arrived.promise;
    const batch = Buffer.concat(state.waiting);
    Object.assign(state, { waiting: [], size: 0 });
    if (!state.ended) state.arrived = Promise.withResolvers<void>();
    if (batch.length > 0) yield batch;
    held?.stream.resume();
  }
  await finish;
}

/** Feeds `copy … from stdin`. @throws What the source threw, or the database's error. */
export async function copyIn(client: Client, statement: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const query = new CopyQuery(statement, { source });
  client.query(query);
  await query.done;
}
