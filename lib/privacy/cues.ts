/**
 * Words that say what stands near them: found in one pass over a text, so that a recogniser of weak forms
 * (nine bare digits) costs nothing where no such word is.
 */

import { type Companion, PhraseTable } from './phrases';

/** What a cue word speaks of; bits, as one word can speak of several things. */
export const CUE = {
	phone: 1,
	nationalId: 2,
	bank: 4,
	document: 8,
	birth: 16,
	secret: 32,
	greeting: 64,
	selfName: 128,
	closing: 256,
	/** What is counted or numbered, and belongs to nobody: orders, tickets, versions. */
	record: 512,
	version: 1024,
	card: 2048,
	postBox: 4096,
	weakName: 8192,
} as const;

const WORDS: Array<[kind: number, words: string]> = [
	[
		CUE.phone,
		'answering|not answering|contact|contact me|contact us|messages to|message to|my number|new number|office|desk phone|phone|phones|telephone|tel|telefon|telefono|teléfono|téléphone|telefone|telefonnummer|rufnummer|mobile|mobil|mobiltelefon|handy|cell|cellphone|fax|whatsapp|call|calling|called|dial|ring me|reach me|reach us|reach him|reach her|sms|text me|texted|contact number|callback|call back|hotline|landline|voicemail|durchwahl|anrufen|rufen|appeler|portable|móvil|celular|cellulare|numer telefonu|telefoon|телефон|电话|電話|전화|hívj|numéro',
	],
	[
		CUE.nationalId,
		'ssn|ssns|social security|itin|taxpayer|tin|tax id|tax number|tax file|tfn|abn|medicare|mbi|npi|nhs|national insurance|nino|ni number|sin|social insurance|aadhaar|aadhar|uidai|pan card|pan number|gstin|dni|nie|nif|cif|codice fiscale|pesel|hetu|henkilötunnus|personnummer|steuer-id|steuerid|steueridentifikationsnummer|steuernummer|idnr|rrn|resident registration|주민등록번호|nric|fin|t.c. kimlik|kimlik|tckn|id number|identity number|national id|citizen id|identity card|id card|personal number|bsn|burgerservicenummer|rijksregister|niss|insee|nir|sécurité sociale|ahv|avs|cpf|cpr|fødselsnummer|身份证|national identification',
	],
	[
		CUE.bank,
		'bank account|account number|account no|acct|acct no|checking account|savings account|konto|kontonummer|bank details|routing|routing number|aba|sort code|wire transfer|direct debit|bic|swift|blz|bankleitzahl|numéro de compte|cuenta bancaria',
	],
	[
		CUE.document,
		"passport|passports|passport number|reisepass|passeport|pasaporte|passaporto|driver license|driver's license|drivers license|driving licence|driver licence|driving license|license number|licence number|dl number|führerschein|führerscheinnummer|permis de conduire|ausweis|personalausweis|ausweisnummer|id document",
	],
	[
		CUE.birth,
		'dob|d.o.b|date of birth|birth date|birthdate|birthday|born|born on|geboren|geboren am|geburtsdatum|geb|né le|née le|date de naissance|fecha de nacimiento|nacido|nacida|data di nascita|nato il|nata il|data de nascimento|geboortedatum|född|data urodzenia|дата рождения|生年月日|出生日期',
	],
	[
		CUE.secret,
		'password|passwords|passwd|passphrase|passcode|pwd|pass|pw|pin|pin code|secret|secrets|client secret|client_secret|secret key|secret_key|api key|api_key|api-key|apikey|access key|access_key|accesskey|account key|accountkey|private key|private_key|shared key|auth token|auth_token|access token|access_token|refresh token|refresh_token|id_token|token|tokens|bearer|authorization|credentials|login|otp|verification code|security code|cvv|cvc|passwort|kennwort|zugangsdaten|mot de passe|contraseña|clave|senha|wachtwoord|lösenord|hasło|heslo|пароль|密码|パスワード|비밀번호|salasana|adgangskode|webhook secret|signing secret|encryption key|license key|licence key|connection string|db_pass|db_password|smtp_pass',
	],
	[
		CUE.greeting,
		'hi|hello|hey|dear|hallo|liebe|lieber|guten tag|guten morgen|sehr geehrte frau|sehr geehrter herr|bonjour|salut|cher|chère|hola|estimado|estimada|buenos días|ciao|gentile|olá|caro|cara|beste|geachte|hej|cześć|good morning|good afternoon|good evening|thanks|thank you|thx|cheers|danke|merci|gracias|grazie',
	],
	[
		CUE.selfName,
		"my name is|my name's|i am called|mein name ist|ich heiße|ich heisse|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|meu nome é|mijn naam is|jag heter|nazywam się|signed by|signed|spoke with|spoke to|talked to|speaking with|mr|mrs|ms|miss|dr|prof|herr|frau|sr|sra|signor|signora|monsieur|madame|mme|contact person|full name|customer name|account holder|cardholder|attn",
	],
	[
		CUE.closing,
		'regards|best regards|kind regards|warm regards|best wishes|best|sincerely|yours sincerely|sincerely yours|yours|yours truly|yours faithfully|cheers|thanks|many thanks|thanks again|thank you|thx|respectfully|cordially|mit freundlichen grüßen|mit freundlichen grüssen|freundliche grüße|viele grüße|liebe grüße|beste grüße|grüße|gruß|mfg|lg|vg|cordialement|bien cordialement|bien à vous|saludos|un saludo|atentamente|cordiali saluti|distinti saluti|saluti|atenciosamente|met vriendelijke groet|groeten|med vänliga hälsningar|hälsningar|pozdrawiam',
	],
	[
		CUE.record,
		'ticket number|reference number|model number|order id|order|orders|order number|order no|invoice|invoices|tracking|ticket|tickets|case|case number|reference|ref|sku|part number|serial|serial number|s/n|model|article|item|po|po number|quote|contract|build number|error|error code|code|exit code|status|line|lines|port|pid|process|thread|bytes|size|rows|row|id|ids|job|job id|commit|issue|bug|bestellung|bestellnummer|rechnung|rechnungsnummer|auftrag|auftragsnummer|kundennummer|commande|facture|pedido|factura|timestamp|epoch|hash|checksum|isbn|ean|imei|gtin|upc|udid|uuid|offset|count|total|amount|usd|eur|kb|incident|asset|firmware',
	],
	[
		CUE.version,
		'chapter|section|appendix|clause|figure|rfc|oid|version|versions|v|ver|release|build|upgrade|upgraded|patch|firmware|driver',
	],
	[
		CUE.card,
		'card|credit card|debit card|visa|mastercard|amex|american express|discover|kreditkarte|kreditkartennummer|carte bancaire|carte|tarjeta|carta di credito|cartão|kaart',
	],
	[CUE.weakName, "name is|this is|i'm|i am|ich bin|hier ist"],
	[CUE.postBox, 'p o box|po box|post office box|postfach|boîte postale|apartado postal'],
];

const TABLE = cueTable();
const BEFORE = 56;
const AFTER = 24;

/** The cue words of one text, in order. */
export class Cues {
	private readonly starts: number[] = [];

	private readonly ends: number[] = [];

	private readonly kinds: number[] = [];

	/** What `lastBefore` found last. */
	private answer = -1;

	/** All kinds that occur at all. */
	present = 0;

	/**
	 * @param outer kinds that hold for the whole text, e.g. from the name of the field it is in
	 * @param companion phrases to be found in the same pass over the text
	 */
	constructor(
		text: string,
		readonly outer = 0,
		companion?: Companion,
	) {
		TABLE.each(
			text,
			(start, end, kind) => {
				this.starts.push(start);
				this.ends.push(end);
				this.kinds.push(kind);
				this.present |= kind;
			},
			companion,
		);
		this.present |= outer;
	}

	/** Calls back for each cue of a kind. */
	each(kind: number, visit: (start: number, end: number) => void): void {
		if ((this.present & kind) === 0) return;
		for (let at = 0; at < this.starts.length; at++)
			if ((this.kinds[at] & kind) !== 0) visit(this.starts[at], this.ends[at]);
	}

	/** Whether a cue of a kind stands close by: up to 56 units before, or 24 after. */
	near(kind: number, start: number, end: number): boolean {
		if ((this.outer & kind) !== 0) return true;
		if ((this.present & kind) === 0) return false;
		for (let at = this.lastBefore(start); at >= 0 && this.ends[at] >= start - BEFORE; at--)
			if ((this.kinds[at] & kind) !== 0) return true;
		for (let at = this.lastBefore(end) + 1; at < this.starts.length; at++) {
			if (this.starts[at] > end + AFTER) return false;
			if ((this.kinds[at] & kind) !== 0) return true;
		}
		return false;
	}

	/** Kinds of the nearest cue before a place, 0 if there is none within reach. */
	kindBefore(start: number, reach = BEFORE): number {
		const at = this.lastBefore(start);
		return at >= 0 && this.ends[at] >= start - reach ? this.kinds[at] : this.outer;
	}

	/** Index of the last cue that ends at or before a place, -1 if there is none. */
	private lastBefore(place: number): number {
		const { ends } = this;
		// The same place is asked about several times, then one a little further on.
		const answer = this.isLastBefore(place, this.answer) ? this.answer : this.answer + 1;
		if (this.isLastBefore(place, answer)) return (this.answer = answer);
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (ends[middle] <= place) low = middle + 1;
			else high = middle;
		}
		return (this.answer = low - 1);
	}

	private isLastBefore(place: number, at: number): boolean {
		const { ends } = this;
		if (at >= ends.length || (at >= 0 && ends[at] > place)) return false;
		return at + 1 >= ends.length || ends[at + 1] > place;
	}
}

/** Kinds that the name of a field speaks of: `phoneNumber`, `client_secret`. */
export function cuesOfName(name: string): number {
	const words = name
		.slice(0, 80)
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/[_.-]+/g, ' ');
	return new Cues(words).present;
}

function cueTable(): PhraseTable<number> {
	const table = new PhraseTable<number>();
	for (const [kind, words] of WORDS)
		for (const word of words.split('|')) table.add(word, kind, (known, added) => known | added);
	return table;
}
