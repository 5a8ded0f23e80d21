import { parseProofFile, type Bundle, type Policy } from '@troth/tlog';
import { checkFile, type FileToCheck } from '../verify/check-file.ts';
import { findCheckerForm, onCheck, readFiles, readPolicy, showError, showResults } from '../verify/checker-form.ts';
import { parseLink } from '../verify/parse-link.ts';
import { showResult } from '../verify/show-result.ts';
import { explainWatched, isAlarm, showAlarm, underAlarm } from '../verify/show-watched.ts';
import { browserMemory, siteLog } from '../verify/site-log.ts';
import { verifyText } from '../verify/verify-text.ts';
import { watchLog, type Watched } from '../verify/watch-log.ts';

const { lang } = document.documentElement;
const t = verifyText(lang, Intl.DateTimeFormat().resolvedOptions().timeZone);
const page = findCheckerForm();
const link = document.getElementById('verify-link');

onCheck(page, (files) => void check(files));
page.form.hidden = false;
document.getElementById('verify-without-script')?.remove();
// Other pages of the site lead here with the entry in the address.
const wanted = new URLSearchParams(location.search).get('verify-link');
if (wanted !== null && link instanceof HTMLInputElement) {
  link.value = wanted;
  void check([]);
}

async function check(files: readonly File[]): Promise<void> {
  const policy = readPolicy(page, page.form.dataset['policy'] ?? '', t);
  if (!policy) return;
  page.status.textContent = t('checking');
  const toCheck = [...(await readFiles(files)), ...(await readLinked(files.length > 0))];
  if (toCheck.length === 0) {
    page.status.textContent = '';
    return;
  }
  const checked = toCheck.map((file) => checkFile(file, policy, Math.floor(Date.now() / 1000), t));
  const watched = await watchLogsOf(
    checked.flatMap(({ bundle }) => (bundle ? [bundle] : [])),
    policy,
  );
  const pasted = page.policy.value.trim() !== '';
  const trust = pasted ? { text: t('trust.pasted'), limit: null } : { text: t('trust.served'), limit: t('not.served') };
  const alarms = [...watched.values()].filter(isAlarm).map((alarm, i) => showAlarm(alarm, `alarm-${i}`, t));
  const results = checked.map((file, i) => {
    const seen = file.bundle ? watched.get(file.bundle.kind) : undefined;
    const memory = seen ? explainWatched(seen, t) : null;
    // Receipts are about the private log, whose entries have no page.
    const entryHref = file.bundle?.kind === 'statement' ? (index: number) => `/${lang}/log/public/entry/${index}` : null;
    const shown = file.bundle && seen && isAlarm(seen) ? { ...file, view: underAlarm(file.view, t) } : file;
    return showResult(shown, `result-${i}`, { trust, memory, entryHref }, t);
  });
  showResults(page, [...alarms, ...results]);
}

/** The proof that the link field asks for; empty where it asks for none or the answer is a sentence beside the field. */
async function readLinked(otherFiles: boolean): Promise<FileToCheck[]> {
  if (!(link instanceof HTMLInputElement)) return [];
  showError(link, null);
  if (link.value.trim() === '') {
    if (!otherFiles) showError(page.files, t('refused.empty'));
    return [];
  }
  const parsed = parseLink(link.value, location.origin);
  if (!parsed.ok) {
    const { host = '' } = parsed.facts;
    showError(link, parsed.refusal === 'link/other-site' ? t('refused.other-site', { host }) : t('refused.link'));
    return [];
  }
  const index = String(parsed.value);
  try {
    const response = await fetch(`/log/public/proof/${index}`, { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
    if (response.ok) return [{ name: t('place.entry', { index }), bytes: new Uint8Array(await response.arrayBuffer()) }];
    showError(link, response.status === 404 ? t('refused.no-entry', { index }) : t('refused.unreachable'));
  } catch {
    showError(link, t('refused.unreachable'));
  }
  return [];
}

/** Each log once, with every checkpoint that the files hold of it. */
async function watchLogsOf(bundles: readonly Bundle[], policy: Policy): Promise<Map<Bundle['kind'], Watched>> {
  const watched = new Map<Bundle['kind'], Watched>();
  for (const kind of new Set(bundles.map((bundle) => bundle.kind))) {
    const held = bundles.filter((bundle) => bundle.kind === kind).flatMap(checkpointsIn);
    const log = siteLog(kind === 'statement' ? 'public' : 'private');
    watched.set(kind, await watchLog(log, browserMemory, policy, [...new Set(held)]));
  }
  return watched;
}

function checkpointsIn({ items }: Bundle): string[] {
  return items.flatMap(({ proof }) => {
    const parsed = parseProofFile(proof);
    return parsed.ok ? [parsed.value.checkpoint] : [];
  });
}
