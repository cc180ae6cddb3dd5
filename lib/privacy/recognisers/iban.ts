import { mod97 } from '../checksums';
import { isAlphanumeric, unitAt } from '../scan';
import type { Report } from '../types';

/** Lengths by country, after the SWIFT registry of IBANs. */
const LENGTHS = new Map(
	'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
		.match(/\D\D\d\d/g)!
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const START = /[A-Za-z]{2}\d{2}/y;
const SEPARATOR = /[ \u00a0.-]/g;
const MOST_UNITS = 60;

/** An IBAN that begins at a run of letters and digits: as one run, or in groups with spaces or hyphens. */
export function reportIban(text: string, start: number, report: Report): void {
	START.lastIndex = start;
	if (!START.test(text)) return;
	const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
	if (length === undefined) return;
	const end = endOf(text, start, length);
	if (end === -1) return;
	const code = text.slice(start, end).replace(SEPARATOR, '').toUpperCase();
	if (mod97(code.slice(4) + code.slice(0, 4)) === 1) report(start, end, 'iban', 1, true);
}

/** Behind as many letters and digits as the country has, which must end where a word does; -1 if they do not. */
function endOf(text: string, start: number, length: number): number {
	const last = Math.min(text.length, start + MOST_UNITS);
	let count = 0;
	let at = start;
	let wasSeparator = false;
	for (; count < length && at < last; at++) {
		const unit = text.charCodeAt(at);
		const isSeparator = !isAlphanumeric(unit);
		if (!isSeparator) count++;
		else if (wasSeparator || !isSeparatorUnit(unit)) return -1;
		wasSeparator = isSeparator;
	}
	return count === length && !isAlphanumeric(unitAt(text, at)) ? at : -1;
}

/** Space, no-break space, hyphen, full stop. */
function isSeparatorUnit(unit: number): boolean {
	return unit === 0x20 || unit === 0xa0 || unit === 0x2d || unit === 0x2e;
}
