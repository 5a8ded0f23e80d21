import axe from 'axe-core';
import type { Page } from 'playwright-core';

export type Barrier = { readonly rule: string; readonly html: string };

/**
 * What axe finds wrong on the page as it stands, the first place of each rule. Brings the checker along where the page lacks it. Only what
 * is wrong comes back: listing what is right takes longer than finding it out.
 */
export async function findBarriers(page: Page, runOnly?: axe.RunOnly): Promise<Barrier[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const options = JSON.stringify({ ...(runOnly ? { runOnly } : {}), resultTypes: ['violations'] } satisfies axe.RunOptions);
  return page.evaluate(
    `axe.run(${options}).then(({ violations }) => violations.map(({ id, nodes }) => ({ rule: id, html: nodes[0]?.html })))`,
  );
}
