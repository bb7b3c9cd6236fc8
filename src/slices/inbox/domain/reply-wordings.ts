/**
 * How people say it, as patterns over folded text: lower case, without accents, apostrophes and repeated marks.
 *
 * `whole` patterns must be a whole clause, once greetings and thanks around it are gone; so a word alone means what the
 * carrier takes it for, and the same word inside a sentence does not. `inside` patterns say enough wherever they stand.
 * `alone` patterns must be the whole reply: they call off an appointment as well, and as one clause of "I am ill, please
 * cancel" that is what they do.
 * US law asks that any reasonable wording is honoured (47 CFR 64.1200(a)(10)); the words named there are all here.
 */
export interface Wordings {
  language: string
  whole: readonly string[]
  inside: readonly string[]
  alone?: readonly string[]
}

const TEXTS =
  '(?:(?:text|sms) )?(?:texts?|txts?|text messages?|messages?|messag(?:es)?|msgs?|sms(?:es)?|reminders?|notifications?|alerts?|updates?|spam|offers|promos?|promotions?|ads|marketing|stuff|crap|shit|bs|bullshit|nonsense|communications?|mass texts?|automated texts?)'
const THESE =
  '(?:(?:all|any|any more|more|these|those|this|the|your|ur|such|stupid|damn|annoying|with|w|of|me) ){0,4}'
const TEXTING =
  '(?:texting|txting|messaging|msging|sending|contacting|spamming|bothering|harassing|calling|pestering|sms(?:ing)?)'
const LISTS =
  '(?:list|lists|database|data base|system|contacts?|contact list|mailing list|text list|texts?|messages?|sms|everything|this|here|there|records|files|group|chat|thread|subscription|distribution)'
const ME =
  '(?:me|us|my (?:number|phone|cell|name|contact|info|information|data|details)|this (?:number|phone|line|cell)|our number|number)'

const english: Wordings = {
  language: 'en',
  whole: [
    'stop(?: ?all| ?it| this| now| already| here| everything| immediately| right now| at once| forever| asap| today| me| please)*',
    'stop(?: stop)+',
    's ?t ?o ?p',
    '(?:st0p|sotp|stpo|stp|stopp+|stoop|sto+p+|atop|stop[0-9]{1,2})',
    '(?:unsubscribe|unsub|quit|revoke|remove|discontinue|cease|terminate|desist|halt|delete)(?: all| now| immediately| everything)?',
    'cease and desist',
    'opt ?out(?: all| now)?',
    'out of (?:this|the|your) list',
    `(?:quit|halt|stop|cease|discontinue|terminate|kill) ${THESE}(?:${TEXTS}|subscription|these|those|program)`,
    `(?:end|cancel) ${THESE}(?:${TEXTS}|subscription)`,
    'cancel (?:my |the |this |your )?(?:text |sms |message )?(?:subscription|alerts|service)',
    'quit it',
    'remove',
    '(?:can|could|would|will|cant|wont) (?:you|u|yall|ya)(?: guys| all| people)? (?:please |pls |just |kindly )*stop(?: it| this| now| already)?',
    '(?:make|get) (?:it|this|these|them|the (?:texts|messages))(?: to)? stop',
    '(?:i )?(?:want|need|would like|like|asked|ask|told|said|already said|already told|keep asking|keep telling|begged)(?: for)?(?: you| u| it| this| these| them| you guys| you people)* (?:to )?stop',
    `(?:these|this|those|your|the|all these) ?${TEXTS}? (?:need|needs|have|has|must|should|got) (?:to )?stop`,
    'i (?:want|need) out',
    'let me out',
    '(?:i am |im |we are |were )?(?:really |so |just |definitely |absolutely )*(?:not|no longer) interested(?: any ?more| at all| in (?:these|this|your|any|ur).*)?',
    '(?:(?:you|u|ya)(?: have|ve| got| ve got| have got)* |this is |that is |thats |its |it is |i think (?:you|u) (?:have|got) |looks like )*(?:the |a )?wrong (?:number|person|phone|guy|girl|lady|num|#)(?: here| dude| man| bro| buddy| friend| pal)?',
    'leave (?:me|us|this number) (?:the (?:hell|fuck) )?alone',
    '(?:just )?(?:go away|get lost|buzz off|piss off|bugger off|f off|fuck off|eff off|screw off|knock it off|bug off)',
    'lose (?:my|this) (?:number|contact|info)',
    '(?:forget|erase|delete|remove|drop|clear|scrub|purge) (?:me|my (?:number|info|information|data|contact))',
    '(?:please )?(?:block|exclude|unlist|unfollow|unregister|deregister|unenroll) (?:me|my number|this number)',
    `(?:no|zero|0) (?:more|further) (?:of )?${THESE}${TEXTS}`,
    'no more(?: (?:of )?(?:this|these|those|contact))?',
    `(?:enough|done|finished|through) (?:with|of) ${THESE}${TEXTS}`,
    '(?:no|not) (?:text|texts|texting|messages|messaging|sms|contact|contacting)(?: me)?(?: any ?more)?',
    'do not (?:contact|text|message|sms|disturb|reply|respond)',
    '(?:do not|never) (?:call|contact) (?:or|and|nor) (?:text|message)(?: me| us)?(?: again| any ?more| ever)*',
    'do not (?:send|want) (?:any ?more|these|them|this|those|it)(?: again| any ?more| ever)*',
    `i do not (?:consent|agree)(?: to ${THESE}(?:this|these|that|${TEXTS}))?`,
  ],
  inside: [
    '(?:unsubscribe\\b|already unsubscribed|unsubscribed (?:already|before|twice|weeks|months|days|last)|unsubscribing|unsuscribe|unsubcribe|unsubscibe|unsubscrib\\b|unsubscripe|un subscribe)(?! button| link)',
    '\\bopt(?:ing)? ?(?:me |us |this number |my number )?out\\b',
    `\\b(?:stop|quit|cease|refrain from|discontinue|knock off) (?:with )?(?:the |your |all |this |these |ever )*${TEXTING}(?! (?:my (?:dad|mom|mother|father)s? old|him|her|them))`,
    `\\b(?:stop|quit|cease|discontinue|halt) (?:with )?${THESE}(?:these|those|${TEXTS})\\b`,
    `\\bend ${THESE}${TEXTS}\\b`,
    '\\bstop (?:hitting|blowing) (?:me |my phone )?up\\b',
    `\\b(?:remove|take|delete|drop|unlist|erase|strike|scratch|get|pull) ${ME}(?: off| out| from| of| completely| entirely)*(?: (?:of|from))?(?: (?:your|the|this|all|any|all of|ur|these|those|that|every|future|further|your text|your sms))* ${LISTS}\\b(?! (?:for|on|at) )`,
    `\\b(?:please|pls|plz|kindly|must|need to|want you to|just|now|immediately|and) (?:remove|take|delete) ${ME}(?: off)?(?: (?:please|now|immediately|asap|completely|today|at once|permanently|for good|thanks|thank you|from (?:this|it)))*$`,
    `^(?:remove|take|delete) ${ME}(?: off)?(?: (?:please|now|immediately|asap|completely|today|at once|permanently|for good|thanks|thank you|from (?:this|it)))*$`,
    '\\b(?:be|get|being) (?:removed|taken off|deleted|unsubscribed|opted out)(?: (?:please|now|(?:the|your|this|that) list|from (?:this|your|the|all|these).*|off (?:this|your|the).*))*$',
    `\\b(?:do not|never|dnt|not to|rather you not|rather you did not|better not)(?: (?:ever|please|you|dare|even|you dare|wish you to|want you to))* (?:text|txt|message|msg|contact|sms|bother|spam|write|write to|call or text|text or call|send texts to|send messages to|send anything to|send) (?:(?:me|us|here|to|this number|this phone|this line|my number|my phone|my cell|any|any more|anything|nothing|else|${TEXTS})\\b ?)*(?:(?:again|any ?more|no more|ever|ever again|any longer|in (?:the )?future|please|thanks|thank you|back|at all|period|or call|or call me|for any reason|w o|with (?:this|your).*|on this number|at this number|to this number)\\b ?)*$`,
    `\\b(?:do not|no longer|not|dont even|do not even|never)(?: (?:want|wish|like|need|care|asked?|would like|wanna|wishing))+ (?:to )?(?:be )?(?:receive|receiving|get|getting|hear from you|see|have|contacted|texted|messaged)?(?: from you)? ?${THESE}${TEXTS}`,
    '\\b(?:do not|no longer)(?: (?:want|wish|like|would like|wanna))+ (?:to )?(?:be )?(?:contacted|texted|messaged|hear from (?:you|yall|your)|on (?:this|your|the) list|part of this|receive (?:these|this|anything|any more)|get (?:these|this|anything)|receiving (?:these|this)|getting (?:these|this))',
    '\\b(?:do not|no longer) (?:want|need|wish for) (?:these|this|them|it|any of (?:this|these)|anything from (?:you|yall))(?: any ?more| thanks| please)*$',
    '\\bno longer (?:interested|want|wish to|wants|wishes to) (?:in )?(?:receive|receiving|get|getting|these|your|hear|be contacted|texts|messages)',
    `\\b(?:turn|shut|switch) (?:off|these off|this off|them off|it off)(?: ${THESE}${TEXTS})`,
    '\\b(?:turn|shut|switch) (?:these|them) off\\b',
    `\\b(?:rather|prefer|prefer to) not (?:to )?(?:receive|get|be sent|see|have) ${THESE}${TEXTS}`,
    '\\b(?:rather|prefer) not (?:to )?(?:be )?(?:contacted|texted|messaged)',
    '\\b(?:texting|messaging|contacting) (?:the |a )?wrong (?:number|person|guy)',
    '\\b(?:revoke|withdraw|rescind|retract|pull)(?:ing|s)? (?:all |any |my |all of my |prior |our )*(?:consent|permission|authorization|authorisation|opt in)',
    '\\b(?:consent|permission) (?:is |has been |to text (?:me )?is )?(?:hereby )?(?:revoked|withdrawn|denied)',
    '\\bdo not (?:give|have) (?:you )?(?:my )?(?:consent|permission)(?: to (?:text|message|contact|send).*)?$',
    '\\b(?:you|u|yall) (?:do not have|have no|never had) (?:my )?(?:consent|permission)',
    '\\blose (?:my|this) number\\b',
    '\\bleave me alone\\b',
    '\\b(?:take|get) (?:me|us) off (?:this|your|the|ur) (?:list|text|texts|damn|stupid|mailing)',
    '\\b(?:is|was) ?(?:not|no longer) (?:his|her|their|my|[a-z]+s|a working|the right|the correct) (?:number|phone|cell)',
    '\\bnot the right (?:number|person)\\b(?=.*(?:text|stop|remove)|$)',
    '\\bno longer (?:has|have|owns?|uses?|at|belongs? to \\w+|reachable at) ?(?:this|that)? ?(?:number|phone|cell|$)',
    '\\b(?:you|u) (?:have|ve|got|have got|ve got) (?:the |a )?wrong (?:number|person)',
    '\\b(?:how|where|what) (?:do|can|to|would|should|must)(?: i| we| you| it take)*(?: do)?(?: to)? (?:stop|quit|get out of|get off|turn off) (?:getting |receiving )?(?:of )?(?:these|this|those|your|the|all|them|texts|messages|it)(?! (?:appointment|meeting|session|booking|class|visit|call|order|membership|reservation))',
    `\\b(?:how|where|what) (?:do|can|to|would|should|must)(?: i| we| you| it take)*(?: do)?(?: to)? (?:end|cancel) (?:getting |receiving )?(?:of )?${THESE}${TEXTS}\\b`,
  ],
  alone: [
    '(?:cancel|end)(?: (?:cancel|end|all|now|immediately|everything))*',
    `(?:cancel|end) ${THESE}(?:these|those|program)`,
    '(?:how|where) (?:do|can|would|to)(?: i| we)? (?:cancel|end) (?:this|these|those|it|them)',
  ],
}

const spanish: Wordings = {
  language: 'es',
  whole: [
    '(?:alto|parar|pare|paren|parad|para ya|baja|basta(?: ya)?|detener|detenga|detente|detenganse|salir|salirme|eliminar|eliminame|elimineme|eliminar numero|borrar|borrame|desuscribir(?:me)?|desuscribirse|desinscribir(?:me)?|remover)',
    '(?:dar(?:me)? de|dame de|deme de|denme de|darse de|pido la|quiero la|solicito la|solicito) baja(?: (?:ya|inmediata(?:mente)?))?',
    '(?:quiero |deseo |necesito |quisiera |puede |pueden |puedes )+(?:dar(?:me)? de baja|parar|desuscribirme|cancelar (?:la |mi )?suscripcion|salir(?:me)?(?: de (?:la|esta|su) lista)?)(?: (?:de|del|de los|de estos|de sus) .*)?',
    'cancelar (?:la |mi |esta )?suscripcion',
    'no mas(?: (?:mensajes|textos|sms|mensajes de texto|publicidad|spam|por favor))*',
    'ya no (?:mas|mensajes|textos)',
    '(?:numero|telefono|persona) (?:equivocad[oa]|incorrect[oa]|erroneo)',
    '(?:tiene|tienen|tienes|es|este es|se equivoco de|marco) (?:el |un )?numero(?: (?:equivocado|incorrecto))?',
    'no (?:me )?(?:molestar|moleste|molesten|molestes)(?: mas)?',
    'dej(?:a|e|en)me en paz',
    'no (?:me )?interesa',
  ],
  inside: [
    '\\bno (?:me |nos )?(?:envie[ns]?|mande[ns]?|escriba[ns]?|textee[ns]?|contacte[ns]?|moleste[ns]?|vuelva[ns]? a (?:escribir|mandar|enviar|contactar|textear))(?:me|nos)? ?(?:mas|otra vez|nunca|ningun|estos|mensajes|textos|sms|a este numero|nada)',
    '\\bno (?:quiero|deseo|quisiera) (?:mas |recibir|que me (?:escriban|manden|envien|contacten)|sus mensajes|estos mensajes|mensajes)',
    '\\bya no (?:quiero|deseo) (?:recibir|mensajes|mas|estos|sus)',
    '\\bdej(?:a|e|en|ar) de (?:enviar|mandar|escribir|molestar|textear|contactar|mandando)(?:me|nos|le)?\\b',
    '\\b(?:quit|elimin|borr|sac|retir|remuev)(?:a|e|en|ar|as)(?:me|nos)? (?:de|mi (?:numero|telefono)|este numero)\\b(?!.*(?:cita|reserva|clase))',
    '\\b(?:quitame|quiteme|quitenme|sacame|saqueme|saquenme|eliminenme|borrenme|borreme)\\b',
    '\\bdar(?:me)? de baja\\b',
    '\\bpar(?:a|e|en|ar) (?:de |con )?(?:los mensajes|de (?:enviar|mandar|escribir)|enviar|mandar|estos mensajes|los textos)',
  ],
  alone: ['(?:cancelar|cancela|cancele|anular|fin|terminar)'],
}

const french: Wordings = {
  language: 'fr',
  whole: [
    '(?:arret|arrets|arrete|arretes|arreter|arretez|arretez (?:ca|tout|cela)|desabonner|desabonnement|desabonnez moi|desinscription|desinscrire|desinscrivez moi|resilier|supprimer|cesser|cessez|retirer)',
    'stop (?:aux |les |sms|pub|publicite|a ces |a vos ).*',
    '(?:me |je veux me |je souhaite me |je voudrais me |comment me )(?:desabonner|desinscrire|retirer)(?: .*)?',
    'plus (?:de|aucun) (?:sms|messages?|textos?|pub|publicites?|spam)',
    '(?:vous avez (?:le |un )?|c est (?:le |un )?)?(?:mauvais|faux) numero',
    '(?:vous vous trompez|erreur) de numero',
    'laissez moi tranquille',
    'foutez moi la paix',
    '(?:pas|plus) interesse[e]?',
  ],
  inside: [
    '\\barrete[rz]? (?:de |d )(?:m |nous |me )?(?:envoyer|ecrire|contacter|harceler|texter|spammer|ecrire a)',
    '\\bne (?:m |me |nous )?(?:envoyez|envoie|ecrivez|contactez|textez|derangez|envoyer) (?:plus|pas)\\b',
    '\\bne (?:veux|souhaite|desire|voulons) (?:plus|pas) (?:recevoir|de |etre contacte|vos|ces|que vous)',
    '\\b(?:retirez|supprimez|enlevez|rayez|otez|effacez) (?:moi|mon numero|nous|ce numero)\\b',
    '\\b(?:ne )?plus (?:recevoir|etre contacte)',
    '\\b(?:desabonner|desinscrire|desabonnez|desinscrivez)\\b',
  ],
  alone: ['fin'],
}

const german: Wordings = {
  language: 'de',
  whole: [
    '(?:stopp|stoppen|stoppt|abbestellen|abbestellung|kundigen|kuendigen|kundigung|widerruf|widerrufen|widerrufe|aufhoren|aufhoeren|loschen|loeschen|schluss(?: damit)?)',
    'abo (?:kundigen|beenden)',
    'hor(?:t|en sie)? (?:bitte )?(?:damit )?auf(?: damit| mir zu schreiben)?',
    '(?:bitte )?keine (?:sms|nachrichten|texte|werbung|mitteilungen|weiteren (?:sms|nachrichten))(?: mehr)?',
    '(?:sie haben die |das ist die |hier ist die )?falsche nummer',
    '(?:falsch verbunden)',
    'lass(?:t|en sie)? mich in ruhe',
    '(?:kein|nicht) interess(?:e|iert)',
    '(?:melden sie mich|meldet mich|trag(?:t|en sie)? mich|nehmen sie mich|nehmt mich) (?:bitte )?(?:ab|aus|von der liste|aus (?:der|ihrem) (?:liste|verteiler))',
  ],
  inside: [
    '\\bstopp(?:t|en sie|e)? (?:bitte )?(?:die|diese|eure|ihre|alle) (?:nachrichten|sms|texte|werbung)',
    '\\bkeine (?:weiteren )?(?:sms|nachrichten|texte|werbung|mitteilungen) mehr\\b',
    '\\bnicht mehr (?:schreiben|kontaktieren|anschreiben|senden|schicken|benachrichtig)',
    '\\b(?:schreib(?:t|en sie)?|kontaktier(?:t|en sie)?|schick(?:t|en sie)?|send(?:et|en sie)?) (?:mir|mich|uns)(?: bitte)? (?:nicht mehr|nie wieder|keine (?:sms|nachrichten))',
    '\\b(?:losch(?:t|en sie|e)?|loesch(?:t|en sie|e)?|entfern(?:t|en sie|e)?) (?:bitte )?(?:meine|diese|unsere|die) (?:nummer|daten|telefonnummer|handynummer)',
    '\\baus (?:dem|ihrem|eurem|der) (?:verteiler|liste) (?:nehmen|streichen|loschen|austragen|entfernen)',
    '\\b(?:mochte|will|wunsche) (?:keine|nicht mehr|nicht langer) .*(?:nachricht|sms|texte|werbung|erhalten|bekommen)',
    '\\bwiderrufe? (?:hiermit )?(?:meine|die) (?:einwilligung|zustimmung)',
  ],
  alone: ['(?:abmelden|abmeldung|austragen|ende|beenden)'],
}

const portuguese: Wordings = {
  language: 'pt',
  whole: [
    '(?:parar|pare|parem|sair|descadastrar|descadastre|descadastro|remover|remova|chega|excluir|exclua|desinscrever)',
    '(?:me )?(?:remova|remove|tira|tire|tirem|exclua|descadastre)(?: me)?(?: (?:da|dessa|desta|de sua) lista)?',
    'cancelar (?:a |minha )?(?:inscricao|assinatura)',
    '(?:numero|telefone) errado',
    '(?:e |este e |voce tem )(?:o )?numero errado',
    '(?:nao|sem) (?:tenho )?interesse',
    'me deix(?:a|e|em) em paz',
  ],
  inside: [
    '\\bnao (?:me )?(?:mande|envie|mandem|enviem|escreva|escrevam|contate|incomode|perturbe)(?:m)? ?(?:mais|nada|mensage)',
    '\\bnao (?:quero|desejo) (?:mais )?(?:receber|mensage|essas|esses|suas)',
    '\\bpar(?:a|e|em|ar) de (?:me )?(?:enviar|mandar|escrever|perturbar|incomodar)',
    '\\b(?:sair|tirar|retirar|remover) (?:meu numero |me )?(?:da|dessa|desta) lista\\b',
  ],
  alone: ['(?:cancelar|cancele|encerrar|fim)'],
}

const italian: Wordings = {
  language: 'it',
  whole: [
    '(?:basta(?: cosi)?|ferma|fermare|fermatevi|smettila|smettetela|disiscrivi(?:mi)?|disiscrivere|disiscrizione|rimuovi(?:mi)?|annulla iscrizione|revoca)',
    '(?:avete (?:il )?)?numero sbagliato',
    '(?:basta|niente piu|non piu) (?:messaggi|sms|pubblicita)',
    'non (?:mi )?interessa',
    'lasciatemi in pace',
  ],
  inside: [
    '\\bnon (?:scrivermi|scrivetemi|mandarmi|mandatemi|inviarmi|inviatemi|contattarmi|contattatemi|voglio|desidero)(?: ricevere)? (?:piu|altri|messaggi|sms)',
    '\\bsmett(?:i|ete|ila|etela) di (?:scriver|mandar|inviar|contattar)',
    '\\b(?:toglietemi|cancellatemi|rimuovetemi|toglimi|cancellami|rimuovimi) (?:dalla|dal|da)',
  ],
  alone: ['(?:cancellami|cancellatemi|cancellare|disdire)'],
}

const others: Wordings = {
  language: 'other',
  whole: [
    // Dutch
    '(?:stoppen|uitschrijven|uitgeschreven|opzeggen|schrijf me uit|verkeerd nummer|fout nummer|geen (?:berichten|sms|reclame) meer|laat me met rust)',
    // Polish
    '(?:wypisz(?: mnie)?|wypisac|zatrzymaj|anuluj subskrypcje|nie pisz(?:cie)?(?: do mnie)?(?: wiecej)?|zly numer|pomylka)',
    // Swedish, Norwegian, Danish
    '(?:sluta|stoppa|avregistrera|frameld|stop venligst|fel nummer|feil nummer|forkert nummer)',
    // Turkish, Indonesian, Vietnamese, Tagalog, Haitian Creole
    '(?:dur|durdur|ret|berhenti|hentikan|stop dulu|dung|ngung|tu choi|tigil|itigil|tama na|kanpe|sispann)',
    // Russian and Ukrainian
    '(?:стоп|отписка|отписаться|отпишите(?: меня)?|отменить подписку|хватит|прекратите|не пишите(?: мне)?(?: больше)?|не присылаите(?: больше)?|удалите (?:мои|меня).*|неправильныи номер|не тот номер|ошиблись номером|відписатися|зупинити)',
    // Arabic, Hebrew, Hindi
    '(?:توقف|اوقف|قف|الغاء الاشتراك|ايقاف|הסר|הסרה|הפסק|תפסיקו|עצור|बंद|बंद करो|बंद करें|रोको|रोकें)',
    // Chinese, Japanese, Korean
    '(?:退订|退訂|停|停止|取消订阅|取消訂閱|td|别再发了|別再發了|不要再发(?:了|短信了)?|不要再發了?|停止发送|停止發送|配信停止|配信停止してください|停止してください|解除|送らないで(?:ください)?|やめて(?:ください)?|수신 ?거부|그만|중지|보내지 ?마세요)',
  ],
  inside: [
    '(?:退订|退訂|取消订阅|取消訂閱|不要再(?:发|發)|别再(?:发|给我发)|配信停止|수신 ?거부|отпис(?:аться|ать меня|ите))',
  ],
  alone: [
    '(?:afmelden|meld me af|rezygnuje|rezygnacja|koniec|avsluta|slutt|avanmal|meld meg av|avmeld|afmeld|iptal|huy|الغاء)',
  ],
}

export const optOutWordings: readonly Wordings[] = [
  english,
  spanish,
  french,
  german,
  portuguese,
  italian,
  others,
]

export const optInWordings: readonly Wordings[] = [
  {
    language: 'en',
    whole: [
      '(?:start|unstop|yes|subscribe|resubscribe|re subscribe|optin|opt in|opt me in|restart|resume|start again|start me(?: up)?(?: again)?|sign me (?:back )?up(?: again)?|join|begin texts?)',
      '(?:start|resume|restart) (?:the |these |sending |getting |my |your )*(?:texts?|messages?|texting|reminders?|sms)(?: again| me)*',
      '(?:i )?(?:want|would like|like) to (?:opt (?:back )?in|subscribe|resubscribe|opt in)(?: again)?',
      '(?:you can |please |ok to |okay to )*(?:text|message) me again',
      '(?:please )?(?:add|put|opt|sign) me back(?: in| on| up)?(?: (?:to |on )?(?:the|your) list)?',
      '(?:i )?(?:want|would like) (?:to (?:get|receive) )?(?:your |the |these )?(?:texts|messages|reminders) (?:again|back)',
    ],
    inside: [],
  },
  {
    language: 'es',
    whole: ['(?:empezar|iniciar|comenzar|alta|suscribir(?:me)?|reanudar|inicio)'],
    inside: [],
  },
  {
    language: 'fr',
    whole: ['(?:commencer|reprendre|m inscrire|inscrire|reabonner|me reabonner)'],
    inside: [],
  },
  { language: 'de', whole: ['(?:starten|anmelden|wieder anmelden|abonnieren)'], inside: [] },
  { language: 'pt', whole: ['(?:comecar|iniciar|inscrever|retomar|voltar)'], inside: [] },
  { language: 'it', whole: ['(?:inizia|iniziare|iscrivimi|iscriviti|riprendi)'], inside: [] },
  { language: 'other', whole: ['(?:старт|подписаться|开始|訂閱|订阅|開始|시작)'], inside: [] },
]

export const helpWordings: readonly Wordings[] = [
  {
    language: 'en',
    whole: ['(?:help|info|information|helpme|help me|i need help|need help|get help|more info|support)'],
    inside: [],
  },
  { language: 'es', whole: ['(?:ayuda|ayudame|ayudeme|necesito ayuda|informacion)'], inside: [] },
  { language: 'fr', whole: ['(?:aide|a l aide|aidez moi|besoin d aide|infos)'], inside: [] },
  { language: 'de', whole: ['(?:hilfe|hilf mir|ich brauche hilfe|auskunft)'], inside: [] },
  { language: 'pt', whole: ['(?:ajuda|me ajude|preciso de ajuda|informacao)'], inside: [] },
  { language: 'it', whole: ['(?:aiuto|aiutami|informazioni)'], inside: [] },
  {
    language: 'other',
    whole: ['(?:помощь|справка|帮助|幫助|ヘルプ|도움말|مساعدة|pomoc|hulp|hjalp|yardim)'],
    inside: [],
  },
]

/** A yes and nothing else, which any question may have asked for. */
export const yesWordings: readonly Wordings[] = [
  {
    language: 'en',
    whole: [
      '(?:y|yep|yup|yeah|yea|ya|yes yes|yess+|absolutely|of course|definitely)',
      '(?:(?:yep|yup|sure) )?(?:confirm(?:ed|ing)?|(?:i (?:can |do |hereby )?)?confirm(?: (?:it|this|that))?)',
    ],
    inside: [],
  },
  { language: 'es', whole: ['(?:si|confirmo|confirmado|confirmada|confirmar|si confirmo)'], inside: [] },
  { language: 'fr', whole: ['(?:oui|je confirme|confirme|oui je confirme)'], inside: [] },
  { language: 'de', whole: ['(?:ja|bestatigt|bestatige|ich bestatige|bestatigen)'], inside: [] },
  { language: 'pt', whole: ['(?:sim|confirmo|confirmado|confirmada|sim confirmo)'], inside: [] },
  { language: 'it', whole: ['(?:confermo|confermato|confermata|si confermo)'], inside: [] },
  {
    language: 'other',
    whole: ['(?:да|подтверждаю|确认|確認|네|확인|はい|tak|potwierdzam|bekreft|bekraft)'],
    inside: [],
  },
]

export const confirmWordings: readonly Wordings[] = [
  ...yesWordings,
  {
    language: 'en',
    whole: [
      '[cy] ?[0-9]{1,3}',
      '(?:confirm (?:[cy] ?[0-9]{1,3}|my (?:appointment|appt|booking|session|spot|visit))|i (?:can |do |hereby )?confirm (?:my .*|the .*)|(?:it is |its |this is |consider it |i am |im )confirmed|appointment confirmed|confirmed for .*)',
      '(?:(?:yes|yep|yup|yeah|y|ok|okay|sure|absolutely|great|perfect) )*(?:i will|ill|i am going to|we will|well|i can|we can|i do plan to|i plan to) (?:be there|attend|make it|come|see you (?:then|there))(?: (?:on time|then|tomorrow|today|at .*|on .*|for .*))?',
      '(?:yes|yep|yup|yeah|sure) (?:see (?:you|u|ya) .*|that works|works for me|i am coming|im coming|still on|we are on|i am|i will|ill be there.*|it is|confirm(?:ed|ing)?.*|that is (?:fine|right|correct)|correct)',
    ],
    inside: [],
  },
  { language: 'es', whole: ['(?:confirmo (?:mi|la) cita|ahi estare|alli estare)'], inside: [] },
  { language: 'fr', whole: ['(?:je confirme (?:mon|le) .*|je serai la)'], inside: [] },
  { language: 'de', whole: ['(?:ja ich komme|ich komme|ich bin da)'], inside: [] },
  { language: 'pt', whole: ['estarei la'], inside: [] },
  { language: 'it', whole: ['ci saro'], inside: [] },
]
