import type { ComponentChildren } from 'preact';

export type ButtonTone = 'first' | 'second' | 'danger';

/** Sends the form it stands in. With `name` and `value` the form knows which of several buttons was pressed. */
export function Button(props: {
  children: ComponentChildren;
  tone?: ButtonTone;
  name?: string;
  value?: string;
  formaction?: string;
}) {
  const { tone = 'first', name, value, formaction } = props;
  return (
    <button type="submit" class={tone === 'first' ? undefined : tone} name={name} value={value} formaction={formaction}>
      {props.children}
    </button>
  );
}
