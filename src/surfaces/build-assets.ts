import { readdir } from 'node:fs/promises';
import { fontFiles, imageFiles, styleFiles } from '#design';
import { packAssets, type Assets } from '#kernel/assets';

const clientFolder = new URL('./client/', import.meta.url);

/** All files that pages link to: the stylesheet, the fonts, and one bundle for each file directly in `client/`. */
export async function buildAssets(): Promise<Assets> {
  const entries = await readdir(clientFolder, { withFileTypes: true });
  const scripts = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => [entry.name.replace(/\.ts$/, '.js'), new URL(entry.name, clientFolder)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return packAssets({ styles: styleFiles, fonts: fontFiles, scripts: Object.fromEntries(scripts), images: imageFiles });
}
