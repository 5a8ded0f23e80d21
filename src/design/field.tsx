import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { designText } from './design-text.ts';
import { ReaderContext } from './reader.ts';

/** Attributes that tie a control to its label, hint and error. Spread them on the input. */
export type ControlProps = { id: string; name: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

export type FieldProps = {
  name: string;
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
  control: (props: ControlProps) => ComponentChildren;
};

/** A labelled control. The error stands between label and control, where the eye and the screen reader pass before answering. */
export function Field({ name, label, hint, error, optional = false, control }: FieldProps) {
  const t = designText(useContext(ReaderContext).locale);
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field error' : 'field'}>
      <label for={name}>
        {label}
        {optional && <span class="quiet"> {t('optional')}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && <ErrorLine id={`${name}-error`} error={error} />}
      {control(controlProps(name, described, error))}
    </div>
  );
}

/** A tick box, never ticked beforehand: consent that was there from the start is none. */
export function Checkbox(props: {
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string | undefined;
  checked?: boolean;
}) {
  const { name, error } = props;
  const described = [props.hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field error' : 'field'}>
      {error && <ErrorLine id={`${name}-error`} error={error} />}
      <div class="check">
        <input type="checkbox" value="yes" checked={props.checked ?? false} {...controlProps(name, described, error)} />
        <div>
          <label for={name}>{props.label}</label>
          {props.hint && (
            <p class="hint" id={`${name}-hint`}>
              {props.hint}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function ErrorLine({ id, error }: { id: string; error: string }) {
  const t = designText(useContext(ReaderContext).locale);
  return (
    <p class="msg" id={id}>
      <span class="visually-hidden">{t('error.prefix')} </span>
      {error}
    </p>
  );
}

function controlProps(name: string, described: string, error: string | undefined): ControlProps {
  return { id: name, name, ...(described && { 'aria-describedby': described }), ...(error && { 'aria-invalid': true as const }) };
}

/** All errors of a form above it, each a link to its field. Empty when there is none. */
export function ErrorSummary({ errors }: { errors: readonly { field: string; message: string }[] }) {
  const t = designText(useContext(ReaderContext).locale);
  if (errors.length === 0) return null;
  return (
    // Focus goes to it as the page opens, also without JavaScript: keyboard and screen reader begin at what has to be mended.
    <div class="errors" role="alert" tabindex={-1} autofocus aria-labelledby="errors-title">
      <h2 id="errors-title">{t('errors.title', { n: errors.length })}</h2>
      <p>{t('errors.kept')}</p>
      <ul>
        {errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
