import { tilePath } from '@troth/tlog';
import type { LiveLog, Memory } from './watch-log.ts';

/** Reads a log of this site in the browser. @param id Which one: the path behind `/log/`. */
export function siteLog(id: 'public' | 'private'): LiveLog {
  const read = async (path: string): Promise<Response> => {
    // A remembered answer would hide exactly what is looked for.
    const response = await fetch(`/log/${id}/${path}`, { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  };
  return {
    readCheckpoint: async () => (await read('checkpoint')).text(),
    async readTile(level, n, width) {
      // The partial tile may be gone once the full one exists.
      const response = await read(tilePath({ level, n, width })).catch(() => read(tilePath({ level, n, width: 256 })));
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** Keeps checkpoints in localStorage, or nowhere where that is denied: even naming it may throw then. */
export const browserMemory: Memory = {
  read(origin) {
    try {
      return localStorage.getItem(place(origin));
    } catch {
      return null;
    }
  },
  write(origin, note) {
    try {
      localStorage.setItem(place(origin), note);
      return true;
    } catch {
      return false;
    }
  },
};

const place = (origin: string): string => `troth checkpoint ${origin}`;
