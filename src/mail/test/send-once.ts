import { DeliveryFailure } from '../delivery.ts';
import { smtpDelivery, type SmtpSettings } from '../smtp-delivery.ts';

// Sends one message with the settings it is given, as a process of its own: what Node trusts is read once, when it begins.
const [given = ''] = process.argv.slice(2);
const settings: SmtpSettings = JSON.parse(given);
const message = {
  id: '0d9c1f1e-0000-4000-8000-000000000001',
  createdAt: Temporal.Now.instant(),
  to: 'ada@example.org',
  fromName: 'Harbour Bank',
  subject: 'Over TLS',
  text: 'As it was written.',
  html: '<p>As it was written.</p>',
};
try {
  await smtpDelivery(settings, { silence: 4_000, whole: 8_000 }).send(message, new AbortController().signal);
  process.stdout.write('sent');
} catch (error) {
  process.stdout.write(error instanceof DeliveryFailure ? error.message : `not a failure of delivery: ${String(error)}`);
}
