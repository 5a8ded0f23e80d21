import type { ComponentChildren } from 'preact';

export type ClaimTone = 'kept' | 'broken' | 'wait' | 'unknown';

/** One row of a list of claims: what is claimed, and in the margin how it is known. Broken rows come first in their list. */
export function Claim(props: {
  tone: ClaimTone;
  state: ComponentChildren;
  title: ComponentChildren;
  evidence: ComponentChildren;
  children?: ComponentChildren;
  /** 2 where the list follows the page's title directly. */
  level?: 2 | 3;
}) {
  const Heading = props.level === 2 ? 'h2' : 'h3';
  return (
    <li class={`claim ${props.tone}`}>
      <div class="text">
        <p class={`state ${props.tone}`}>{props.state}</p>
        <Heading>{props.title}</Heading>
        {props.children}
      </div>
      {props.evidence}
    </li>
  );
}
