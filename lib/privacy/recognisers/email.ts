import { unitAt } from '../scan';
import { isWordUnit } from '../wordUnits';
import type { Report } from '../types';

const AT = 0x40;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const QUOTE = 0x22;
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;
/** What RFC 5321 allows in a local part beside letters and digits, without what ends one in URLs. */
const LOCAL = new Set([...".!#$%'’*+^_`{|}~-"].map((character) => character.charCodeAt(0)));
const NOT_FIRST = /^[.!#$%'’*^`{|}~-]+/;
const TOP_LEVEL = /\.(?:xn--[a-z\d-]{1,59}|[\p{L}\p{M}]{2,63})$/iu;
const IMAGE_NAME = /^\d+x\.(?:png|jpe?g|gif|webp|svg|avif)$/i;

/** E-mail addresses (RFC 5321, RFC 6531): around each at sign, as far as local part and domain go. */
export function reportEmails(text: string, report: Report): void {
	for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
		const end = endOfDomain(text, at + 1);
		if (end === -1) continue;
		const start = startOfLocal(text, at);
		if (start === at) continue;
		if (!isRemote(text, start, at, end) && !isUserInfo(text, start))
			report(start, end, 'email', 1, true);
	}
	reportEncoded(text, report);
}

/** `git@github.com:owner/name` */
function isRemote(text: string, start: number, at: number, end: number): boolean {
	return text[end] === ':' && text.slice(start, at) === 'git';
}

/** The password in `https://user:password@host`. */
function isUserInfo(text: string, start: number): boolean {
	const before = text[start - 1];
	if (before !== ':' && before !== '/') return false;
	return /:\/\/[^\s/?#@]*$/.test(text.slice(Math.max(0, start - 80), start));
}

/** `jane%40example.com`, as in the query of a URL. */
function reportEncoded(text: string, report: Report): void {
	for (let at = text.indexOf('%40'); at !== -1; at = text.indexOf('%40', at + 3)) {
		const end = endOfDomain(text, at + 3);
		if (end === -1) continue;
		const start = startOfLocal(text, at);
		if (start !== at) report(start, end, 'email', 1, true);
	}
}

function startOfLocal(text: string, at: number): number {
	if (unitAt(text, at - 1) === QUOTE) {
		const before = text.slice(Math.max(0, at - 1 - MAX_LOCAL), at - 1);
		const quoted = /"[^"\n]+$/.exec(before);
		return quoted ? at - 1 - quoted[0].length : at;
	}
	let start = at;
	while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charCodeAt(start - 1))) start--;
	if (unitAt(text, at - 1) === DOT) return at;
	return start + (NOT_FIRST.exec(text.slice(start, at))?.[0].length ?? 0);
}

function isLocal(unit: number): boolean {
	return isWordUnit(unit) || LOCAL.has(unit) || (unit >= 0x2e80 && unit < 0xfb00);
}

/** End of the domain, -1 if there is none. */
function endOfDomain(text: string, from: number): number {
	if (text[from] === '[') {
		const literal = /^\[(?:IPv6:)?[\da-f.:]{3,45}\]/i.exec(text.slice(from, from + 60));
		return literal ? from + literal[0].length : -1;
	}
	let end = from;
	while (end < text.length && end - from < MAX_DOMAIN && isDomain(text, end)) end++;
	while (end > from && !isWordOrIdeograph(text.charCodeAt(end - 1))) end--;
	if (end - from < 4) return -1;
	const domain = text.slice(from, end);
	const isName =
		TOP_LEVEL.test(domain) &&
		!domain.includes('..') &&
		!/^[-.]/.test(domain) &&
		!IMAGE_NAME.test(domain);
	return isName ? end : -1;
}

/** A full stop counts only with something behind it. */
function isDomain(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	if (unit === DOT) return isWordOrIdeograph(unitAt(text, at + 1));
	return unit === HYPHEN || isWordOrIdeograph(unit);
}

function isWordOrIdeograph(unit: number): boolean {
	return unit !== AT && (isWordUnit(unit) || (unit >= 0x3040 && unit < 0xd800));
}
