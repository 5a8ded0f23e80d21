import { parsePolicy, type Policy } from '@troth/tlog';
import { largestFile, type FileToCheck } from './check-file.ts';
import { element } from './element.ts';
import type { VerifyText } from './verify-text.ts';

/** The parts of a page that checks. The page on the site and the offline file name them alike. */
export type CheckerForm = {
  readonly form: HTMLFormElement;
  readonly files: HTMLInputElement;
  readonly drop: HTMLElement;
  readonly policy: HTMLTextAreaElement;
  readonly result: HTMLElement;
  readonly status: HTMLElement;
};

/** @throws Error when the page lacks one of them: page and script are of one release. */
export function findCheckerForm(): CheckerForm {
  return {
    form: find('verify', HTMLFormElement),
    files: find('verify-file', HTMLInputElement),
    drop: find('verify-drop', HTMLElement),
    policy: find('verify-policy', HTMLTextAreaElement),
    result: find('verify-result', HTMLElement),
    status: find('verify-status', HTMLElement),
  };
}

function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * Choosing or dropping files checks them at once; the button checks whatever is filled in.
 * @param signal Ends the listening, for a page that is drawn anew.
 */
export function onCheck(
  { form, files, drop }: CheckerForm,
  check: (files: readonly File[]) => void,
  signal: AbortSignal = new AbortController().signal,
): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check([...(files.files ?? [])]);
  });
  files.addEventListener('change', () => {
    if (files.files && files.files.length > 0) check([...files.files]);
  });
  // The whole window takes the file: dropped beside the box, it would replace the page.
  addEventListener(
    'dragover',
    (event) => {
      event.preventDefault();
      drop.dataset['over'] = '';
    },
    { signal },
  );
  addEventListener(
    'dragleave',
    (event) => {
      if (event.relatedTarget === null) delete drop.dataset['over'];
    },
    { signal },
  );
  addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      delete drop.dataset['over'];
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length > 0) check(dropped);
    },
    { signal },
  );
}

export function readFiles(files: readonly File[]): Promise<FileToCheck[]> {
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      // One byte more than is allowed is enough to refuse it.
      bytes: new Uint8Array(await file.slice(0, largestFile + 1).arrayBuffer()),
    })),
  );
}

/** The policy in the box, else `otherwise`. What cannot be read is said beside the box; then null. */
export function readPolicy({ policy }: CheckerForm, otherwise: string, t: VerifyText): Policy | null {
  showError(policy, null);
  const parsed = parsePolicy(policy.value.trim() === '' ? otherwise : `${policy.value.trim()}\n`);
  if (parsed.ok) return parsed.value;
  const { line = '?' } = parsed.facts;
  showError(policy, parsed.refusal === 'policy/quorum-missing' ? t('refused.policy.quorum') : t('refused.policy', { line }));
  return null;
}

/** Puts a sentence between label and control, or takes it away, and leads there. */
export function showError(control: HTMLElement, sentence: string | null): void {
  const id = `${control.id}-error`;
  document.getElementById(id)?.remove();
  const field = control.closest('.field');
  field?.classList.toggle('error', sentence !== null);
  control.toggleAttribute('aria-invalid', false);
  if (sentence === null) return;
  control.before(element('p', { class: 'msg', id }, sentence));
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', [`${control.id}-hint`, id].join(' '));
  control.closest('details')?.setAttribute('open', '');
  control.focus();
}

/** Shows results and leads to the first, telling a screen reader its heading only. */
export function showResults({ result, status }: CheckerForm, results: readonly HTMLElement[]): void {
  result.replaceChildren(...results);
  const heading = result.querySelector('h2');
  status.textContent = '';
  heading?.focus();
}
