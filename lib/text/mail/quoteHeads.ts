/** Longer lines are prose. */
const MAX_LINE = 400;

/** "On … wrote:" by the words it begins and ends with. */
const ATTRIBUTIONS: Array<[RegExp, RegExp]> = [
	[/^On\b/, /\bwrote:$/],
	[/^(?:Am|Den)\b/, /\bschrieb\b.*:$/],
	[/^Le\b/, /\ba écrit ?:$/],
	[/^(?:El|En)\b/, /\bescribió ?:$/],
	[/^(?:Il|Lun|Mar|Mer|Gio|Ven|Sab|Dom|In data)\b/i, /\bha scritto ?:$/],
	[/^(?:Em|No dia)\b/, /\bescreveu ?:$/],
	[/^Op\b/, /\bschreef\b.*:$/],
	[/^(?:Den|På)\b/, /\b(?:skrev|skreiv)\b.*:$/],
	[/^(?:W dniu|Dnia|pon\.|wt\.|śr\.|czw\.|pt\.|sob\.|niedz\.)/, /(?:napisał\S*|pisze):$/],
	[/^(?:Dne|Dňa)\b/, /\bnapsal\S*:$/],
	[/^\S/, /(?:kirjoitti|yazdı|írta|a scris|пишет|написал\S*|пише|escreveu):$/],
	[/^\S/, /(?:のメール|さんは書きました|写道|寫道|님이 작성|작성)\s?[:：]$/],
	[/^\S/, /(?:كتب|كتبت|כתב|כתבה|מאת)[^:]{0,120}:$/],
	// Gmail in Japanese and Chinese: the date and the address alone.
	[/^\d{4}年\d{1,2}月\d{1,2}日/, /<[^<>]{3,120}>[^:]{0,20}[:：]$/],
];

const ORIGINAL = new RegExp(
	'^[-_*]{2,} ?(?:Original Message|Original Appointment|Ursprüngliche Nachricht|Originalnachricht|' +
		"Message d'origine|Message original|Mensaje original|Messaggio originale|Mensagem original|" +
		'Oorspronkelijk bericht|Ursprungligt meddelande|Opprinnelig melding|Oprindelig meddelelse|' +
		'Alkuperäinen viesti|Oryginalna wiadomość|Původní zpráva|元のメッセージ|原始邮件) ?[-_*]{2,}$',
	'i',
);

/** Gmail's and Outlook's line is set in hyphens, Apple's ends with a colon. */
const FORWARDED =
	/^(?:[-_]{5,} ?[^-_]{3,60} ?[-_]{5,}|(?:Begin forwarded message|Anfang der weitergeleiteten .{3,20}|Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht) ?:)$/i;

/** Zendesk's and Jira's own line above the quoted mail. */
const REPLY_LINE =
	/^(?:> ?)?(?:##- .{5,160} -##|[-—–=]{2,} ?(?:please )?reply above this line.{0,40}|-{1,5} ?Reply to this email .{0,80})$/i;

const SENDER =
	/^(?:From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|差出人|发件人|보낸 사람|От)\s?[:：]\s?\S/i;
const DATE =
	/^(?:Sent|Date|Gesendet|Datum|Envoyé|Date d'envoi|Enviado(?: el)?|Fecha|Enviada(?: em)?|Data|Inviato|Verzonden|Skickat|Sendt|Dato|Lähetetty|Wysłano|Odesláno|送信日時|日時|发送时间|보낸 날짜|Дата|Отправлено)\s?[:：]\s?\S/i;
const RECIPIENT =
	/^(?:To|Cc|Subject|An|Betreff|À|Objet|Para|Asunto|A|Oggetto|Assunto|Aan|Onderwerp|Till|Ämne|Til|Emne|Vastaanottaja|Aihe|Do|Temat|Komu|Předmět|宛先|件名|收件人|主题|받는 사람|제목|Кому|Тема)\s?[:：]\s?\S/i;

const SUBJECT =
	/^(?:Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Emne|Aihe|Temat|Předmět|件名|主题|제목|Тема)\s?[:：]/i;

/** How many lines the sentence takes that introduces a quoted mail here; 0 if there is none. */
export function attributionAt(lines: string[], at: number): number {
	let joined = '';
	for (let height = 1; height <= 3 && at + height <= lines.length; height++) {
		const line = plain(lines[at + height - 1]);
		if (line === '' || joined.length + line.length > MAX_LINE) return 0;
		joined = joined === '' ? line : `${joined} ${line}`;
		if (!/[:：]$/.test(line)) continue;
		return isAttribution(joined) && isAboutMail(joined, lines[at + height]) ? height : 0;
	}
	return 0;
}

function isAttribution(text: string): boolean {
	return ATTRIBUTIONS.some(([start, end]) => start.test(text) && end.test(text));
}

/** "On Monday the auditor wrote:" may be the writer's own sentence; an address, a time or a quote below tells. */
function isAboutMail(text: string, next: string | undefined): boolean {
	if (next?.trimStart().startsWith('>') === true) return true;
	const hasTime = /\d{1,2}[:.h]\d{2}/.test(text) || /\d{1,2}(?:時|시)/.test(text);
	return /\d/.test(text) && (hasTime || text.includes('@'));
}

export function isOriginalMessageLine(line: string): boolean {
	return line.length < MAX_LINE && ORIGINAL.test(plain(line));
}

/** A mail that is passed on is what the writer has to say. */
export function isForwardLine(line: string): boolean {
	return line.length < MAX_LINE && FORWARDED.test(plain(line)) && !isOriginalMessageLine(line);
}

export function isReplyLine(line: string): boolean {
	return line.length < MAX_LINE && REPLY_LINE.test(line.trim());
}

/** Whether the head of an older mail stands here: who, when, and to whom or about what. */
export function headBlockAt(lines: string[], at: number): boolean {
	if (!SENDER.test(plain(lines[at]))) return false;
	const head = lines
		.slice(at, at + 8)
		.flatMap((line) => plain(line).split(/ (?=\p{Lu}\S{0,20}: )/u))
		.filter((line) => line !== '');
	// The stations of a journey have a sender's words too.
	const isMail = head.some((line) => line.includes('@') || SUBJECT.test(line));
	return (
		isMail && head.some((line) => DATE.test(line)) && head.some((line) => RECIPIENT.test(line))
	);
}

/** A line without the marks that bold type and quoting left in it. */
function plain(line: string): string {
	return line.length > MAX_LINE
		? ''
		: line
				.replace(/\*\*|__/g, '')
				.replace(/\s+/g, ' ')
				.trim();
}
