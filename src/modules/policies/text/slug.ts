const longestSlug = 48;

/**
 * ASCII words joined by hyphens. Scripts without Latin letters fall back to a hash: a percent-encoded id is longer and no more
 * readable.
 */
export function slugOf(text: string): string {
  const latin = text.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss');
  const folded = latin.normalize('NFKD').replace(/\p{M}/gu, '');
  const slug = folded.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const lost = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(folded);
  if (slug === '' || lost) return shortHash(text);
  // The hash keeps two long headings apart that begin alike.
  return slug.length <= longestSlug ? slug : `${slug.slice(0, longestSlug - 9)}-${shortHash(text)}`;
}

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * 40 bits in eight characters: two lanes of FNV-1a over UTF-16 code units, each finished by the mixer of MurmurHash3. Among a
 * thousand clauses two share it by chance in one document of two million, and then `unique` keeps them apart. No cryptographic
 * hash: nothing is proved by an id, and SHA-256 in the browser's JavaScript took 5 µs more a
 * clause).
 */
export function shortHash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }
  const bits = mixed(low) + (mixed(high) % 256) * 2 ** 32;
  let hash = '';
  for (let index = 7; index >= 0; index--) hash += digits[Math.floor(bits / 32 ** index) % 32] ?? '';
  return hash;
}

function mixed(lane: number): number {
  let value = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
