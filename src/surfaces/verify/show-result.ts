import type { StepState } from '@troth/tlog';
import type { CheckedFile } from './check-file.ts';
import { element, hashElement, originElement, type Child } from './element.ts';
import type { Content, ItemView } from './explain-item.ts';
import { showForce } from './show-force.ts';
import type { ReportView } from './explain-report.ts';
import type { Line } from './explain-step.ts';
import type { VerifyText } from './verify-text.ts';

/** What stands around a result but is not of the file itself. */
export type Surroundings = {
  /** Whose keys were used, and what that leaves open. */
  readonly trust: { readonly text: string; readonly limit: string | null };
  /** What the browser's memory says of this log; null where there is none. */
  readonly memory: Line | null;
  /** The page of a public entry; null where none can be reached. */
  readonly entryHref: ((index: number) => string) | null;
};

const tone = { ok: 'kept', failed: 'broken', unknown: 'wait' } as const satisfies Record<StepState, string>;

/** One file's result as a section whose heading can be focused. @param id Unique on the page. */
export function showResult(checked: CheckedFile, id: string, around: Surroundings, t: VerifyText): HTMLElement {
  const { name } = checked;
  if (!checked.bundle) {
    const heading = element('h2', { id, tabindex: '-1' }, checked.refusal);
    return element('section', { class: 'section', 'aria-labelledby': id }, stateLine('unknown', t, name), heading);
  }
  const { view } = checked;
  return element(
    'section',
    { class: 'section result', 'aria-labelledby': id },
    element('div', { class: 'noted' }, verdict(view, id, name, t), evidence(view, t)),
    checked.force && showForce(checked.force, id, t),
    limits(view, around, t),
    ...(view.kind === 'receipt' ? [events(view, t)] : statements(view, around, t)),
    part(t('steps.whole'), facts([...view.whole, ...(around.memory ? [around.memory] : [])])),
    element('p', { class: 'text more small quiet' }, around.trust.text, ' ', view.fingerprint && hashElement(view.fingerprint)),
  );
}

function verdict(view: ReportView, id: string, name: string, t: VerifyText): HTMLElement {
  const heading = element('h2', { id, tabindex: '-1' }, view.verdict);
  const failures = view.failures.map((failure) => element('li', {}, failure));
  return element(
    'div',
    { class: view.state === 'failed' ? 'marked-bad' : 'text' },
    stateLine(view.state, t, name),
    heading,
    failures.length > 0 && element('ul', {}, ...failures),
    view.later !== null && element('p', {}, element('b', {}, view.later)),
    view.advice !== null && element('p', { class: 'more' }, view.advice),
    view.state !== 'failed' && view.witnessed !== null && element('p', {}, view.witnessed),
  );
}

function stateLine(state: StepState, t: VerifyText, name: string): HTMLElement {
  const glyph = { ok: '✓', failed: '✗', unknown: '?' }[state];
  const quiet = element('span', { class: 'quiet' }, ` · ${name}`);
  return element('p', { class: `state ${tone[state]}` }, hidden(`${glyph} `), t(`state.${state}`), quiet);
}

/** The side note: the mark, and where in the log. The page brings the marks as templates, so that shapes stand in one place. */
function evidence(view: ReportView, t: VerifyText): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-mark="${view.state}"]`);
  const mark = template && document.importNode(template.content, true);
  const [first] = view.items;
  const figure = mark?.querySelector('text');
  const index = first?.index === null || first === undefined ? '' : String(first.index);
  if (figure && view.state !== 'unknown' && index.length <= 4) figure.textContent = index;
  const origin = view.items
    .flatMap(({ lines }) => lines.flatMap(({ details }) => details))
    .find(({ label }) => label === t('log'));
  const notes = [view.known, first?.placeOf, origin && originElement(origin.value)].filter(
    (note) => note !== null && note !== undefined,
  );
  return element('div', { class: 'evidence' }, mark, element('ul', {}, ...notes.map((note) => element('li', {}, note))));
}

function limits({ proves, doesNotProve }: ReportView, { trust }: Surroundings, t: VerifyText): Child {
  if (doesNotProve.length === 0) return null;
  const not = trust.limit === null ? doesNotProve : [...doesNotProve, trust.limit];
  return element('div', { class: 'limits' }, column(t('proves'), proves), column(t('not'), not));
}

function column(title: string, items: readonly string[]): Child {
  if (items.length === 0) return null;
  return element('div', {}, element('h3', {}, title), element('ul', {}, ...items.map((item) => element('li', {}, item))));
}

function statements({ items }: ReportView, around: Surroundings, t: VerifyText): Child[] {
  const [first, ...others] = items;
  if (!first) return [];
  return [
    part(t('text'), ...statement(first, around, t)),
    ...others.map((item) =>
      part(
        item.later ? t('later') : t('other', { place: item.place }),
        folded(t('text'), false, ...statement(item, around, t)),
        folded(t('steps.item', { place: item.place }), item.failed, facts(item.lines)),
      ),
    ),
    part(others.length > 0 ? t('steps.item', { place: first.place }) : t('steps'), facts(first.lines)),
  ];
}

function statement(item: ItemView, { entryHref }: Surroundings, t: VerifyText): Child[] {
  const { content, index, at } = item;
  const wrong = item.lines.find(({ state }) => state === 'failed');
  const about = [content.kind === 'text' && !wrong ? t('text.what') : null, at === null ? null : t('text.dated', { at })];
  const link = entryHref && index !== null;
  return [
    wrong ? element('p', { class: 'text state broken' }, hidden(`${wrong.glyph} `), wrong.text) : null,
    element('p', { class: 'text quiet' }, about.filter((sentence) => sentence !== null).join(' ')),
    showContent(content, item.place),
    link && element('p', { class: 'more' }, element('a', { href: entryHref(index) }, t('entry.read', { index: String(index) }))),
  ];
}

function showContent(content: Content, place: string): Child {
  if (content.kind === 'sentence') return element('p', {}, content.sentence);
  if (content.kind === 'event') return null;
  return element('pre', { class: 'exact scroll', tabindex: '0', role: 'region', 'aria-label': place }, content.text);
}

function events({ items }: ReportView, t: VerifyText): HTMLElement {
  return part(t('events'), element('ul', { class: 'claims ruled' }, ...items.map((item) => showEvent(item, t))));
}

function showEvent(item: ItemView, t: VerifyText): HTMLElement {
  const { content, failed, at, placeOf } = item;
  if (content.kind !== 'event') return element('li');
  const pairs = content.facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', { class: 'multiline' }, value)]);
  const notes = [at, placeOf].filter((note) => note !== null).map((note) => element('p', {}, note));
  return element(
    'li',
    { class: failed ? 'claim broken' : 'claim' },
    element(
      'div',
      { class: 'text' },
      stateLine(failed ? 'failed' : 'ok', t, item.place),
      element('h4', {}, content.title),
      pairs.length > 0 && element('dl', { class: 'facts' }, ...pairs),
      folded(t('steps.item', { place: item.place }), failed, facts(item.lines)),
    ),
    element('div', { class: 'note' }, ...notes),
  );
}

function facts(lines: readonly Line[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts' },
    ...lines.flatMap(({ state, glyph, word, text, details }) => [
      element('dt', {}, element('span', { class: `state ${tone[state]}` }, hidden(`${glyph} `), word)),
      element('dd', {}, text, ...details.map(({ label, value, hash }) => detail(label, hash ? hashElement(value) : value))),
    ]),
  );
}

function detail(label: string, value: Node | string): HTMLElement {
  return element('div', { class: 'small quiet' }, `${label}: `, typeof value === 'string' ? element('code', {}, value) : value);
}

function part(title: string, ...children: readonly Child[]): HTMLElement {
  return element('div', { class: 'section' }, element('h3', {}, title), element('div', { class: 'more' }, ...children));
}

function folded(title: string, open: boolean, ...children: readonly Child[]): HTMLElement {
  return element('details', open ? { open: true } : {}, element('summary', {}, title), ...children);
}

function hidden(text: string): HTMLElement {
  return element('span', { 'aria-hidden': 'true' }, text);
}
