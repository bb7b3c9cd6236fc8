import type { ReplyLanguage } from './reply-language.js'

/** What is answered by itself, or asked. */
export type AutomaticKind =
  'opt_out' | 'help' | 'opt_in' | 'nothing_to_restore' | 'opt_in_request' | 'opt_in_confirmed'

/**
 * `{brand}` and `{contact}` are filled in. An opt-out is confirmed once, names the account and sells nothing; an opt-in names
 * the account, the costs, HELP and STOP.
 */
const texts: Readonly<Record<AutomaticKind, Readonly<Record<ReplyLanguage, string>>>> = {
  opt_out: {
    en: '{brand}: You are unsubscribed and will get no more texts from us. Reply START to get them again.',
    es: '{brand}: Su baja está confirmada. No recibirá más mensajes nuestros. Responda START para volver a recibirlos.',
    fr: '{brand} : vous êtes désabonné et ne recevrez plus de SMS de notre part. Répondez START pour les recevoir à nouveau.',
    de: '{brand}: Sie sind abgemeldet und bekommen keine SMS mehr von uns. Antworten Sie START, um sie wieder zu bekommen.',
    pt: '{brand}: O seu cancelamento está confirmado. Não receberá mais mensagens nossas. Responda START para voltar a recebê-las.',
  },
  help: {
    en: '{brand}: For help contact {contact}. Msg & data rates may apply. Reply STOP to end.',
    es: '{brand}: Para ayuda, contacte con {contact}. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para terminar.',
    fr: "{brand} : pour obtenir de l'aide, contactez {contact}. Des frais peuvent s'appliquer. Répondez STOP pour arrêter.",
    de: '{brand}: Hilfe bekommen Sie bei {contact}. Es können Kosten anfallen. Antworten Sie STOP zum Beenden.',
    pt: '{brand}: Para ajuda, contacte {contact}. Podem aplicar-se tarifas de mensagens e dados. Responda STOP para terminar.',
  },
  opt_in: {
    en: '{brand}: You are subscribed again. Msg & data rates may apply. Reply HELP for help, STOP to end.',
    es: '{brand}: Su suscripción está activa de nuevo. Pueden aplicarse tarifas. Responda HELP para ayuda, STOP para terminar.',
    fr: "{brand} : vous êtes de nouveau abonné. Des frais peuvent s'appliquer. Répondez HELP pour de l'aide, STOP pour arrêter.",
    de: '{brand}: Sie sind wieder angemeldet. Es können Kosten anfallen. Antworten Sie HELP für Hilfe, STOP zum Beenden.',
    pt: '{brand}: A sua subscrição está ativa de novo. Podem aplicar-se tarifas. Responda HELP para ajuda, STOP para terminar.',
  },
  nothing_to_restore: {
    en: '{brand}: We have no record that you agreed to texts from us, so you will get none. For questions contact {contact}.',
    es: '{brand}: No consta que haya aceptado mensajes nuestros, por lo que no recibirá ninguno. Para preguntas: {contact}.',
    fr: "{brand} : nous n'avons pas trace de votre accord pour des SMS, vous n'en recevrez donc pas. Questions : {contact}.",
    de: '{brand}: Uns liegt keine Zustimmung zu SMS von Ihnen vor, deshalb bekommen Sie keine. Fragen bitte an {contact}.',
    pt: '{brand}: Não temos registo de que tenha aceitado mensagens nossas, por isso não receberá nenhuma. Questões: {contact}.',
  },
  opt_in_request: {
    en: '{brand}: Reply YES to get marketing texts from us. Msg frequency varies, msg & data rates may apply. HELP for help, STOP to end.',
    es: '{brand}: Responda YES para recibir mensajes publicitarios. La frecuencia varía; pueden aplicarse tarifas. HELP para ayuda, STOP para terminar.',
    fr: "{brand} : répondez YES pour recevoir nos SMS publicitaires. Fréquence variable, des frais peuvent s'appliquer. HELP pour de l'aide, STOP pour arrêter.",
    de: '{brand}: Antworten Sie YES, um Werbung per SMS zu bekommen. Häufigkeit unterschiedlich, Kosten möglich. HELP für Hilfe, STOP zum Beenden.',
    pt: '{brand}: Responda YES para receber mensagens publicitárias. A frequência varia; podem aplicar-se tarifas. HELP para ajuda, STOP para terminar.',
  },
  opt_in_confirmed: {
    en: '{brand}: Thank you, you are subscribed. Msg frequency varies, msg & data rates may apply. HELP for help, STOP to end.',
    es: '{brand}: Gracias, su suscripción está activa. La frecuencia varía; pueden aplicarse tarifas. HELP para ayuda, STOP para terminar.',
    fr: "{brand} : merci, vous êtes abonné. Fréquence variable, des frais peuvent s'appliquer. HELP pour de l'aide, STOP pour arrêter.",
    de: '{brand}: Danke, Sie sind angemeldet. Häufigkeit unterschiedlich, Kosten möglich. HELP für Hilfe, STOP zum Beenden.',
    pt: '{brand}: Obrigado, a sua subscrição está ativa. A frequência varia; podem aplicar-se tarifas. HELP para ajuda, STOP para terminar.',
  },
}

export function replyText(
  kind: AutomaticKind,
  language: ReplyLanguage,
  names: { brand: string; contact: string },
): string {
  // Functions, because a brand may contain a dollar sign.
  return texts[kind][language].replace('{brand}', () => names.brand).replace('{contact}', () => names.contact)
}
