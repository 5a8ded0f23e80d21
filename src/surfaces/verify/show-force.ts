import type { StepState } from '@troth/tlog';
import { element } from './element.ts';
import type { ForceAnswers } from './explain-force.ts';
import type { VerifyText } from './verify-text.ts';

const tone = { ok: 'kept', failed: 'broken', unknown: 'wait' } as const satisfies Record<StepState, string>;
const glyph = { ok: '✓', failed: '✗', unknown: '?' } as const satisfies Record<StepState, string>;

/** Asks for a day and answers at once. @param id Of the result it stands in. */
export function showForce(force: ForceAnswers, id: string, t: VerifyText): HTMLElement {
  const heading = element('h3', {}, t('force'));
  if (force.kind === 'sentence')
    return element('div', { class: 'section' }, heading, element('p', { class: 'text' }, force.sentence));
  const field = `${id}-day`;
  const input = element('input', { type: 'date', id: field, class: 'moment', 'aria-describedby': `${field}-hint` });
  const answer = element('div', { class: 'text', role: 'status' });
  input.addEventListener('input', () => {
    if (input.value === '') return answer.replaceChildren();
    const { state, sentences } = force.on(input.value);
    const [first = '', ...others] = sentences;
    const mark = element('span', { 'aria-hidden': 'true' }, `${glyph[state]} `);
    answer.replaceChildren(
      element('p', { class: `state ${tone[state]}` }, mark, first),
      ...others.map((sentence) => element('p', {}, sentence)),
    );
  });
  return element(
    'div',
    { class: 'section' },
    heading,
    element(
      'div',
      { class: 'field' },
      element('label', { for: field }, t('force.day')),
      element('p', { class: 'hint', id: `${field}-hint` }, force.what),
      input,
    ),
    answer,
    element('p', { class: 'text small quiet' }, force.limit),
  );
}
