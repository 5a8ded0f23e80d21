import { element, hashElement, originElement, type Child } from './element.ts';
import type { VerifyText } from './verify-text.ts';

export type OfflineForm = {
  readonly organisation: string;
  readonly policy: string;
  /** Of the log keys built in. */
  readonly fingerprints: readonly { readonly name: string; readonly fingerprint: string }[];
};

const languages = { en: 'English', de: 'Deutsch' } as const;

/** The page of the offline file in one language, with the same parts by the same names as the page on the site. */
export function drawOfflineForm(view: OfflineForm, t: VerifyText, speak: (language: string) => void): Element[] {
  const { organisation } = view;
  return [
    element('a', { class: 'skip', href: '#main' }, t('offline.skip')),
    element(
      'header',
      { class: 'site-head' },
      element('div', { class: 'wrap' }, element('span', { class: 'org site-nav' }, organisation), switcher(t, speak)),
    ),
    element(
      'main',
      { id: 'main', class: 'wrap', tabindex: '-1' },
      element(
        'div',
        { class: 'head' },
        element(
          'div',
          {},
          element('h1', {}, t('offline.heading', { organisation })),
          element('p', { class: 'lede' }, t('offline.lede')),
        ),
      ),
      element('div', { class: 'section noted' }, form(view, t), keys(view, t)),
      element('p', { id: 'verify-status', class: 'quiet', role: 'status' }),
      element('div', { id: 'verify-result' }),
    ),
    element('footer', { class: 'site-foot' }, element('div', { class: 'wrap' }, element('p', {}, t('offline.foot')))),
  ];
}

function switcher(t: VerifyText, speak: (language: string) => void): HTMLElement {
  const items = Object.entries(languages).map(([language, name]) => {
    if (language === t.language) {
      return element('li', {}, element('span', { lang: language, 'aria-current': 'true', tabindex: '-1' }, name));
    }
    const button = element('a', { href: '#', role: 'button', lang: language }, name);
    button.addEventListener('click', (event) => {
      event.preventDefault();
      speak(language);
    });
    button.addEventListener('keydown', (event) => {
      if (event.key === ' ') button.click();
    });
    return element('li', {}, button);
  });
  return element('nav', { class: 'languages', 'aria-label': t('offline.language') }, element('ul', {}, ...items));
}

function form({ policy }: OfflineForm, t: VerifyText): HTMLElement {
  const files = element('input', { type: 'file', id: 'verify-file', multiple: true, 'aria-describedby': 'verify-file-hint' });
  const box = element('textarea', {
    id: 'verify-policy',
    rows: '5',
    dir: 'ltr',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'verify-policy-hint',
  });
  box.value = policy;
  return element(
    'form',
    { id: 'verify' },
    element('div', { class: 'drop', id: 'verify-drop' }, field(t('offline.file'), t('offline.file.hint'), files)),
    element(
      'details',
      { class: 'more' },
      element('summary', {}, t('offline.policy')),
      field(t('offline.policy.label'), t('offline.policy.hint'), box),
      element('div', { class: 'actions' }, element('button', { type: 'submit' }, t('offline.check'))),
    ),
  );
}

function field(label: string, hint: string, control: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: control.id }, label),
    element('p', { class: 'hint', id: `${control.id}-hint` }, hint),
    control,
  );
}

function keys({ organisation, fingerprints }: OfflineForm, t: VerifyText): HTMLElement {
  const rows = fingerprints.flatMap(({ name, fingerprint }): Child[] => [
    element('p', {}, originElement(name)),
    element('p', {}, hashElement(fingerprint)),
  ]);
  return element(
    'div',
    { class: 'note' },
    element('p', {}, element('b', {}, t('offline.keys'))),
    ...rows,
    element('p', {}, t('offline.keys.compare', { organisation })),
  );
}
