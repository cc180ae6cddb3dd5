import { mod97 } from '../checksums';
import { isAlphanumeric } from '../scan';
import type { Report } from '../types';

/** Lengths by country, after the SWIFT registry of IBANs. */
const LENGTHS = new Map(
	'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
		.match(/\D\D\d\d/g)!
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const START = /[A-Za-z]{2}\d{2}/y;
const SEPARATORS = new Set([0x20, 0xa0, 0x2d, 0x2e]);
const MOST_UNITS = 60;

/** An IBAN that begins at a run of letters and digits: as one run, or in groups with spaces or hyphens. */
export function reportIban(text: string, start: number, report: Report): void {
	START.lastIndex = start;
	if (!START.test(text)) return;
	const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
	if (length === undefined) return;
	const taken = take(text, start, length);
	if (!taken) return;
	const { end, code } = taken;
	if (mod97(code.slice(4) + code.slice(0, 4)) === 1) report(start, end, 'iban', 1, true);
}

/** As many letters and digits as the country has; they must end where a word does. */
function take(
	text: string,
	start: number,
	length: number,
): { end: number; code: string } | undefined {
	let code = '';
	let at = start;
	for (; code.length < length && at < start + MOST_UNITS; at++) {
		const unit = text.charCodeAt(at);
		if (isAlphanumeric(unit)) code += text[at];
		else if (!SEPARATORS.has(unit) || !isAlphanumeric(text.charCodeAt(at + 1))) return undefined;
	}
	const isWhole = code.length === length && !isAlphanumeric(text.charCodeAt(at));
	return isWhole ? { end: at, code: code.toUpperCase() } : undefined;
}
