import MailComposer from 'nodemailer/lib/mail-composer'
import type { Email } from '../mailer.js'

/** The bytes of the e-mail: plain text, one recipient. The brand's name is one line, whatever stands in it. */
export async function composeEmail(email: Email, from: string): Promise<Buffer> {
  const name = email.brandName.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const mail = new MailComposer({
    from: { name, address: from },
    to: { name: '', address: email.to },
    subject: name,
    text: email.text,
    messageId: email.messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return mail.compile().build()
}
