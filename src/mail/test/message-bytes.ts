import { createTransport } from 'nodemailer';

/** The bytes that would go to a server, made without one. */
export async function messageBytes(mail: { subject: string; text: string; html: string; fromName: string }): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({
    from: { name: mail.fromName, address: 'trust@harbour.example' },
    to: { name: '', address: 'ada@example.org' },
    ...mail,
  });
  if (!Buffer.isBuffer(message)) throw new Error('asked for a buffer');
  return message.toString('latin1');
}
