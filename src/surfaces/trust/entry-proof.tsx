import { address, EntryNumber, Hash, Instant } from '#design';
import { formatList } from '#kernel/i18n';
import { type ProofDrawing, ProofFigure } from './proof-figure.tsx';
import { proofPath } from './proof-path.ts';
import { trustText } from './trust-text.ts';

export type Proof = ProofDrawing & { checkpointAt: Temporal.Instant; cosigned: number; quorum: number };

/** The proof in a drawing, in four sentences, in its hashes, and where it ends. @param text Whether the entry's text can be read here. */
export function EntryProof({ proof, text, locale }: { proof: Proof; text: boolean; locale: string }) {
  const t = trustText(locale);
  return (
    <section class="section" aria-labelledby="proof">
      <h2 id="proof">{t('proof.title')}</h2>
      <div class="proof-figure">
        <figure>
          <ProofFigure proof={proof} locale={locale} />
          <figcaption>{t('proof.caption')}</figcaption>
        </figure>
        <ol class="steps">
          <li>
            <h3>{t('proof.step.text')}</h3>
            <p>{t('proof.step.text.what')}</p>
          </li>
          <li>
            <h3>{t('proof.step.join', { n: proof.path.length })}</h3>
            <p>{t('proof.step.join.what')}</p>
          </li>
          <li>
            <h3>{t('proof.step.root')}</h3>
            <p>{t('proof.step.root.what', { n: proof.size })}</p>
          </li>
          <li>
            <h3>{t('proof.step.signed')}</h3>
            <p>
              {t.rich(
                proof.quorum > 0 && proof.cosigned >= proof.quorum ? 'proof.step.signed.witnessed' : 'proof.step.signed.alone',
                {
                  signers: formatList(locale, proof.signers),
                  date: <Instant at={proof.checkpointAt} />,
                },
              )}
            </p>
          </li>
        </ol>
      </div>
      <Hashes proof={proof} locale={locale} />
      <Limits proof={proof} text={text} locale={locale} />
    </section>
  );
}

function Hashes({ proof, locale }: { proof: Proof; locale: string }) {
  const t = trustText(locale);
  const joins = proofPath(proof.index, proof.size);
  return (
    <details class="more">
      <summary>{t('proof.hashes', { n: proof.path.length })}</summary>
      <dl class="facts">
        <dt>{t('proof.hashes.own')}</dt>
        <dd>
          <Hash value={proof.leafHash} />
        </dd>
        {proof.path.map((hash, i) => (
          <>
            <dt>
              {t(joins[i]?.side === 'left' ? 'proof.hashes.left' : 'proof.hashes.right')}{' '}
              <EntryNumber index={joins[i]?.neighbour.from ?? 0} />
              {joins[i] && joins[i].neighbour.to !== joins[i].neighbour.from && (
                <>
                  –<EntryNumber index={joins[i].neighbour.to} />
                </>
              )}
            </dt>
            <dd>
              <Hash value={hash} />
            </dd>
          </>
        ))}
        <dt>{t('proof.hashes.root')}</dt>
        <dd>
          <Hash value={proof.root} />
        </dd>
      </dl>
    </details>
  );
}

/** A proof is trusted more when it says where it ends. */
function Limits({ proof, text, locale }: { proof: Proof; text: boolean; locale: string }) {
  const t = trustText(locale);
  const witnessed = proof.quorum > 0 && proof.cosigned >= proof.quorum;
  return (
    <div class="limits">
      <div>
        <h3>{t('proof.proves')}</h3>
        <ul>
          <li>{t(text ? 'proof.proves.in' : 'proof.proves.entry')}</li>
          {text && <li>{t('proof.proves.same')}</li>}
          {witnessed && <li>{t('proof.proves.witnessed')}</li>}
        </ul>
      </div>
      <div>
        <h3>{t('proof.not')}</h3>
        <ul>
          <li>{t('proof.not.true')}</li>
          <li>{t('proof.not.newer')}</li>
          {!witnessed && <li>{t('proof.not.witnessed')}</li>}
        </ul>
        <p class="more">
          <a href={`${address(locale, 'verify')}?verify-link=${proof.index}`}>{t('proof.verify')}</a>
        </p>
      </div>
    </div>
  );
}
