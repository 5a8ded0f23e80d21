import type { ComponentChildren } from 'preact';

export type ClaimTone = 'kept' | 'broken' | 'wait' | 'unknown';

/** One row of a list of claims: what is claimed, and in the margin how it is known. Broken rows come first in their list. */
export function Claim(props: {
  tone: ClaimTone;
  state: ComponentChildren;
  title: ComponentChildren;
  evidence: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <li class={`claim ${props.tone}`}>
      <div class="text">
        <p class={`state ${props.tone}`}>{props.state}</p>
        <h3>{props.title}</h3>
        {props.children}
      </div>
      {props.evidence}
    </li>
  );
}
