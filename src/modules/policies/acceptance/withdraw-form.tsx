import { type Acting, ForWhom } from '#accounts';
import { Button } from '#design';
import { acceptanceText } from './acceptance-text.ts';

type Props = { under: Acting | null; action: string; after: number; organisation: string; locale: string };

/** Taking a yes back is as near as giving it was. */
export function WithdrawForm(props: Props) {
  const t = acceptanceText(props.locale);
  return (
    <details class="more">
      <summary>{t('withdraw')}</summary>
      <form method="post" action={props.action}>
        <ForWhom under={props.under} />
        <p class="text">{t('withdraw.what', { organisation: props.organisation })}</p>
        <input type="hidden" name="after" value={props.after} />
        <Button tone="second" name="decision" value="withdraw">
          {t('withdraw.send')}
        </Button>
      </form>
    </details>
  );
}
