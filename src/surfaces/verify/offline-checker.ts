import { fingerprintOf, parsePolicy } from '@troth/tlog';
import { checkFile, type FileToCheck } from './check-file.ts';
import { findCheckerForm, onCheck, readFiles, readPolicy, showError, showResults, type CheckerForm } from './checker-form.ts';
import { drawOfflineForm } from './draw-offline-form.ts';
import { showResult } from './show-result.ts';
import { verifyText, type VerifyText } from './verify-text.ts';

// The entry of the offline file: it draws the page, since one file speaks two languages, and keeps what was chosen between them.

const { organisation = '', policy: builtIn = '' } = document.body.dataset;
const keys = parsePolicy(builtIn);
const fingerprints = keys.ok ? keys.value.logs.map(({ key }) => ({ name: key.name, fingerprint: fingerprintOf(key) })) : [];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
let chosen: readonly FileToCheck[] = [];
let shown: Element[] = [];
let listening = new AbortController();

speak(navigator.language, builtIn);

function speak(language: string, policy: string): void {
  const t = verifyText(language, zone);
  document.documentElement.lang = t.language;
  document.title = t('offline.title', { organisation });
  for (const old of shown) old.remove();
  shown = drawOfflineForm({ organisation, policy, fingerprints }, t, (other) => {
    const box = document.getElementById('verify-policy');
    speak(other, box instanceof HTMLTextAreaElement ? box.value : builtIn);
    document.querySelector<HTMLElement>(`[lang="${other}"]`)?.focus();
  });
  document.body.prepend(...shown);
  const page = findCheckerForm();
  listening.abort();
  listening = new AbortController();
  onCheck(page, (files) => void choose(page, files, t), listening.signal);
  if (chosen.length > 0) check(page, t);
}

async function choose(page: CheckerForm, files: readonly File[], t: VerifyText): Promise<void> {
  if (files.length > 0) chosen = await readFiles(files);
  showError(page.files, chosen.length === 0 ? t('refused.empty') : null);
  if (chosen.length > 0) check(page, t);
}

function check(page: CheckerForm, t: VerifyText): void {
  const policy = readPolicy(page, builtIn, t);
  if (!policy) return;
  const own = page.policy.value.trim() === builtIn.trim() || page.policy.value.trim() === '';
  const trust = own ? { text: t('trust.built-in'), limit: t('not.built-in') } : { text: t('trust.pasted'), limit: null };
  const results = chosen.map((file, i) => {
    const checked = checkFile(file, policy, Math.floor(Date.now() / 1000), t);
    return showResult(checked, `result-${i}`, { trust, memory: null, entryHref: null }, t);
  });
  showResults(page, results);
}
