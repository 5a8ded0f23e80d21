import type { ComponentChildren } from 'preact';

/** Nothing here yet: the title says what will appear, the children what to do. */
export function Empty({ title, children }: { title: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
