import { CUE, type Cues } from '../cues';
import type { Report } from '../types';

/** Beginnings by which issuers mark their secrets; a fast search for these decides whether anything is looked at. */
const MARK =
	/sk-|sk_|rk_|pk_|gh[pousr]_|github_pat_|glpat-|AKIA|ASIA|xox[abeoprs]-|xapp-|AIza|ya29\.|GOCSPX-|eyJ|-----BEGIN|SG\.|npm_|hf_|whsec_|shpat_|shpss_|dop_v1_|AccountKey=|hooks\.slack\.com|discord(?:app)?\.com\/api\/webhooks|PMAK-|pypi-|lin_api_|dapi|ATATT3|glsa_|NRAK-|key-|sq0|EAAA|AC[0-9a-f]{4}|Basic |Bearer /g;

/** The whole secret, tried where a mark stands. */
const FORMS: RegExp[] = [
	/sk-(?:proj-|svcacct-|admin-|ant-|or-v1-|lf-)?[\w-]{20,200}/y,
	/[srp]k_(?:live|test)_[A-Za-z\d]{10,120}/y,
	/gh[pousr]_[A-Za-z\d]{30,255}/y,
	/github_pat_[A-Za-z\d_]{40,255}/y,
	/glpat-[\w-]{18,60}/y,
	/(?:AKIA|ASIA)[A-Z\d]{16}(?![A-Z\d])/y,
	/xox[abeoprs]-[A-Za-z\d-]{10,250}/y,
	/xapp-\d-[A-Za-z\d-]{10,250}/y,
	/AIza[\w-]{35}/y,
	/ya29\.[\w-]{20,500}/y,
	/GOCSPX-[\w-]{20,60}/y,
	/eyJ[\w-]{8,4000}\.[\w-]{4,8000}(?:\.[\w-]{0,2000})?/y,
	/-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[A-Za-z\d+/=\s:,.\\()-]){20,16000}(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/y,
	/SG\.[\w-]{16,32}\.[\w-]{16,64}/y,
	/npm_[A-Za-z\d]{36}/y,
	/hf_[A-Za-z\d]{30,60}/y,
	/whsec_[A-Za-z\d+/=]{16,100}/y,
	/shp(?:at|ss)_[a-f\d]{32}/y,
	/dop_v1_[a-f\d]{64}/y,
	/(?<=AccountKey=)[A-Za-z\d+/=]{40,120}/y,
	/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{20,200}/y,
	/discord(?:app)?\.com\/api\/webhooks\/\d{15,25}\/[\w-]{20,120}/y,
	/PMAK-[a-f\d]{24}-[a-f\d]{34}/y,
	/pypi-[\w-]{50,300}/y,
	/lin_api_[A-Za-z\d]{32,60}/y,
	/dapi[a-f\d]{32}/y,
	/ATATT3[\w=-]{60,260}/y,
	/glsa_[A-Za-z\d]{32}_[a-f\d]{8}/y,
	/NRAK-[A-Z\d]{27}/y,
	/key-[a-f\d]{32}/y,
	/sq0(?:atp|csp)-[\w-]{20,60}/y,
	/EAAA[\w-]{60}/y,
	/AC[a-f\d]{32}(?![\da-f])/y,
	/(?<=Basic )[A-Za-z\d+/]{8,400}={0,2}(?![\w])/y,
	/(?<=Bearer )[\w.~+/-]{12,2000}={0,2}/y,
];
const BY_FIRST = formsByFirst();

/** Between the word and the value: a colon, an equals sign, an arrow, or a verb. */
const ASSIGNMENT =
	/[\])"'*_` ]{0,3}(?:\s?(?:[:=：]|=>|->|:=)\s{0,2}|\s(?:is|was|ist|war|lautet|est|es|è|é|to|auf|für [\w.@-]{1,40} (?:ist|lautet)|for [\w.@-]{1,40} is)(?: now| still| jetzt)?[ :]{1,2})(?:["'“‘`*]{0,2})/iy;
/** What ends a value: a space, a quote, an angle bracket. */
const VALUE_END = new Set(
	[
		...'\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
		...'"\'“”‘’`<>',
	].map((character) => character.charCodeAt(0)),
);
const IS_VALUE_END = Uint8Array.from({ length: 128 }, (_, unit) => (VALUE_END.has(unit) ? 1 : 0));
const SHORTEST_VALUE = 3;
const LONGEST_VALUE = 200;
const AMPERSAND = 0x26;
const CLOSING_BRACKET = 0x29;
/** The next parameter of a query, or the end of a link in Markdown. */
const NEXT = /&[\w.-]{1,40}=|\)[\](]/;
/** What stands there when nobody gave the secret away. */
const NO_VALUE =
	/^(?:none|null|nil|true|false|undefined|n\/a|required|invalid|incorrect|wrong|expired|reset|empty|missing|unknown|not|no|yes|the|this|that|your|my|our|a|an|it|in|on|and|or|was|is|changed|redacted|hidden|masked|see|please|https?:.*|[*•x.…_-]+|\$\{.*|\{\{.*|\[.*|<.*|process\.env.*|os\.environ.*|getenv.*)$/i;

/** API keys, tokens, private keys and passwords: by the mark of their issuer, or by the word in front of them. */
export function reportSecrets(text: string, cues: Cues, report: Report): void {
	MARK.lastIndex = 0;
	for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
		const end = reportMarked(text, match, report);
		// On from behind what was found, so that a long key is read once.
		if (end > MARK.lastIndex) MARK.lastIndex = end;
	}
	const valueEnds = new ValueEnds(text);
	let past = 0;
	cues.each(CUE.secret, (start, end) => {
		if (start < past) return;
		past = reportAssigned(text, start, end, valueEnds, report);
	});
}

function reportMarked(text: string, { index, 0: mark }: RegExpExecArray, report: Report): number {
	const isBehindSpace = mark.endsWith(' ') || mark.endsWith('=');
	if (!isBehindSpace && /[\w-]/.test(text[index - 1] ?? '') && mark[0] !== '-') return 0;
	const start = isBehindSpace ? index + mark.length : index;
	for (const form of BY_FIRST.get(mark[0]) ?? []) {
		form.lastIndex = start;
		if (!form.test(text)) continue;
		if (
			(mark.startsWith('sk-') || mark.endsWith(' ')) &&
			!/\d/.test(text.slice(start, form.lastIndex))
		)
			continue;
		report(start, form.lastIndex, 'apiSecret', 1, true);
		return form.lastIndex;
	}
	return 0;
}

/** Returns where to go on. */
function reportAssigned(
	text: string,
	start: number,
	end: number,
	valueEnds: ValueEnds,
	report: Report,
): number {
	ASSIGNMENT.lastIndex = end;
	if (!ASSIGNMENT.test(text)) return end;
	const from = ASSIGNMENT.lastIndex;
	const separator = text.slice(end, from);
	const wholeEnd = valueEnds.after(from);
	if (wholeEnd - from < SHORTEST_VALUE) return end;
	let valueEnd = wholeEnd;
	while (valueEnd > from && /[.,;:?)\]}]/.test(text[valueEnd - 1])) valueEnd--;
	valueEnd = endBeforeNext(text, from, valueEnd);
	const value = text.slice(from, valueEnd);
	const word = text.slice(start, end).toLowerCase();
	const isQuoted = /["'“‘`]$/.test(separator) && /["'”’`]/.test(text[wholeEnd] ?? '');
	if (!isSecret(value, word, isQuoted, /[:=>：]/.test(separator), isAlone(text, valueEnd)))
		return end;
	report(from, valueEnd, 'apiSecret', 0.9, true);
	return valueEnd;
}

/** Looks at no unit twice, as a text full of words for secrets has as many values of full length. */
class ValueEnds {
	/** From here to `seen` there is none. */
	private start = 0;

	private seen = 0;

	constructor(private readonly text: string) {}

	after(from: number): number {
		if (from < this.start || from > this.seen) this.start = this.seen = from;
		const last = Math.min(this.text.length, from + LONGEST_VALUE);
		while (this.seen < last && !isValueEnd(this.text.charCodeAt(this.seen))) this.seen++;
		return Math.min(this.seen, last);
	}
}

function isValueEnd(unit: number): boolean {
	return unit < 128 ? IS_VALUE_END[unit] === 1 : VALUE_END.has(unit);
}

/** The end, or the place where something else begins in the value; not at its first character. */
function endBeforeNext(text: string, from: number, end: number): number {
	for (let at = from; at < end; at++) {
		const unit = text.charCodeAt(at);
		if (unit !== AMPERSAND && unit !== CLOSING_BRACKET) continue;
		const next = text.slice(at, end).search(NEXT);
		return next === -1 || (at === from && next === 0) ? end : at + next;
	}
	return end;
}

function isSecret(
	value: string,
	word: string,
	isQuoted: boolean,
	isAssigned: boolean,
	isAlone: boolean,
): boolean {
	if (NO_VALUE.test(value) || /^[[{(<]/.test(value)) return false;
	if (/^(?:pin|otp|cv[vc]|passcode|pin[ -]code|(?:verification|security) code)$/.test(word))
		return /^[A-Z\d][A-Z\d-]{2,9}$/i.test(value) && /\d/.test(value);
	if (value.length < 4) return false;
	const isMixed =
		/\d/.test(value) || /[^\p{L}\p{N}.,-]/u.test(value) || /\p{Ll}\p{Lu}/u.test(value);
	if (
		/^(?:token|tokens|key|login|pass|pw|bearer|authorization|credentials|license key)$/.test(word)
	)
		return isMixed && value.length >= (isAssigned ? 6 : 10) && (/\d/.test(value) || isQuoted);
	return isMixed || isQuoted || (isAssigned && isAlone && value.length >= 5);
}

/** Whether the line ends here. */
function isAlone(text: string, end: number): boolean {
	return end >= text.length || /^[^\p{L}\p{N}]{0,2}(?:\n|\r|$)/u.test(text.slice(end, end + 4));
}

function formsByFirst(): Map<string, RegExp[]> {
	const table = new Map<string, RegExp[]>();
	const firsts = (form: RegExp): string[] => {
		const { source } = form;
		if (source.startsWith('(?<=')) return [source[4]];
		if (source.startsWith('[srp]')) return ['s', 'r', 'p'];
		return [source.replace(/^\(\?:/, '')[0]];
	};
	for (const form of FORMS)
		for (const first of firsts(form)) table.set(first, [...(table.get(first) ?? []), form]);
	return table;
}

const SECRET_FIELD =
	/(?:^|[_.\s-])(?:password|passwd|passphrase|passcode|pwd|secret|api_?key|access_?key|private_?key|client_?secret|auth_?token|access_?token|refresh_?token|id_?token|token|pin|otp|cvv|cvc|passwort|kennwort)$/i;

/** The whole value of a field whose name says that it is a secret, e.g. `{"password": "hunter2"}`. */
export function reportFieldSecret(text: string, field: string, report: Report): void {
	const name = field.slice(-60).replace(/([a-z\d])([A-Z])/g, '$1_$2');
	if (!SECRET_FIELD.test(name) || text.length === 0 || text.length > 4000) return;
	if (NO_VALUE.test(text) || /\s/.test(text.trim())) return;
	report(0, text.length, 'apiSecret', 1, true);
}
