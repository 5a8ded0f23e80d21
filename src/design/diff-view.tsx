import { useContext } from 'preact/hooks';
import { designText } from './design-text.ts';
import { ReaderContext } from './reader.ts';

export type ComparedPart = { kind: 'same' | 'inserted' | 'deleted'; text: string };
export type ComparedClause = {
  id: string;
  heading: string;
  kind: 'same' | 'changed' | 'inserted' | 'deleted' | 'moved';
  block: 'heading' | 'paragraph' | 'list-item' | 'quote' | 'code' | 'table-row';
  parts: readonly ComparedPart[];
};
export type Compared = { clauses: readonly ComparedClause[]; inserted: number; deleted: number; changed: number };

/** Two texts as one: additions underlined, removals struck, both tinted, a bar beside each changed passage, the unchanged folded. */
export function DiffView({ comparison }: { comparison: Compared }) {
  const t = designText(useContext(ReaderContext).locale);
  const { clauses } = comparison;
  if (clauses.every((clause) => clause.kind === 'same')) return <p class="empty">{t('diff.none')}</p>;
  return (
    <div class="diff">
      {runs(clauses).map((run) =>
        run[0]?.kind === 'same' ? (
          <details class="fold">
            <summary>{t('diff.same', { n: run.length })}</summary>
            {run.map((clause) => (
              <Passage clause={clause} />
            ))}
          </details>
        ) : (
          run.map((clause) => <Passage clause={clause} />)
        ),
      )}
    </div>
  );
}

function runs(clauses: readonly ComparedClause[]): ComparedClause[][] {
  const grouped: ComparedClause[][] = [];
  for (const clause of clauses) {
    const last = grouped.at(-1);
    if (last && (last[0]?.kind === 'same') === (clause.kind === 'same')) last.push(clause);
    else grouped.push([clause]);
  }
  return grouped;
}

function Passage({ clause }: { clause: ComparedClause }) {
  return (
    <div class={`block ${clause.block} ${clause.kind}`}>
      {clause.parts.map((part) => (
        <Part part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { part: ComparedPart }) {
  const t = designText(useContext(ReaderContext).locale);
  if (part.kind === 'same') return <>{part.text}</>;
  const Tag = part.kind === 'inserted' ? 'ins' : 'del';
  return (
    <Tag>
      {/* Most screen readers pass over ins and del in silence: the words say what the line says to the eye. */}
      <span class="visually-hidden">{t(`diff.start.${part.kind}`)} </span>
      {part.text}
      <span class="visually-hidden"> {t(`diff.end.${part.kind}`)}</span>
    </Tag>
  );
}
