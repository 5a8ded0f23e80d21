import { renderPage } from '#kernel/html';
import { dir } from '#kernel/i18n';
import { type Block, type Letter, oneLine, type Rendered } from './letter.ts';

/** A subject longer than this is cut by most programs, and some servers refuse a header line that folds badly. */
const longestSubject = 150;

export function renderLetter(letter: Letter, locale: string): Rendered {
  const subject = oneLine(letter.subject).slice(0, longestSubject).toWellFormed();
  const html = Buffer.from(renderPage(<LetterPage letter={letter} subject={subject} locale={locale} />)).toString('utf8');
  return { subject, text: letterText(letter), html };
}

function letterText({ blocks, why }: Letter): string {
  return `${[...blocks.map(blockText), '* * *', oneLine(why)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'list':
      return block.items.map((item) => `- ${oneLine(item)}`).join('\n');
    case 'button':
      // On a line of its own, where every program makes it a link and none adds a full stop to it.
      return `${oneLine(block.label)}:\n${siteAddress(block.href)}`;
    default:
      return oneLine(block.text);
  }
}

/** No style at all: each program then shows it in its reader's own letters, size and colours, dark ones included. */
function LetterPage({ letter, subject, locale }: { letter: Letter; subject: string; locale: string }) {
  return (
    <html lang={locale} dir={dir(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
      </head>
      <body>
        <main>
          {letter.blocks.map((block) => (
            <BlockMarkup block={block} />
          ))}
          <hr />
          <p>
            <small>{oneLine(letter.why)}</small>
          </p>
        </main>
      </body>
    </html>
  );
}

function BlockMarkup({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h1>{oneLine(block.text)}</h1>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>{oneLine(item)}</li>
          ))}
        </ul>
      );
    case 'button':
      return (
        <p>
          <a href={siteAddress(block.href)}>
            <b>{oneLine(block.label)}</b>
          </a>
        </p>
      );
    default:
      return <p>{oneLine(block.text)}</p>;
  }
}

/** @throws Error for anything but a web address: a letter leads to our own pages only. */
function siteAddress(href: string): string {
  const url = new URL(href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('a letter links to a page');
  return url.href;
}
