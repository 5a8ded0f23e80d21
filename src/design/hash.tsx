/** A fingerprint in groups of four. The gaps are drawn, not typed, so that copying gives the hash itself. */
export function Hash({ value }: { value: string }) {
  return (
    <code class="hash" dir="ltr" translate={false}>
      {(value.match(/.{1,4}/gsu) ?? []).flatMap((group) => [<span>{group}</span>, <wbr />])}
    </code>
  );
}

/** A log's name, which may break at its slashes only: broken anywhere, it is copied wrong by hand. */
export function Origin({ value }: { value: string }) {
  return <code dir="ltr">{value.split('/').flatMap((part, i) => (i === 0 ? [part] : ['/', <wbr />, part]))}</code>;
}

/** An index in a log, in groups of three. */
export function EntryNumber({ index }: { index: number }) {
  const groups = String(index).match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [String(index)];
  return (
    <code class="entry" dir="ltr">
      {groups.map((group) => (
        <span>{group}</span>
      ))}
    </code>
  );
}
