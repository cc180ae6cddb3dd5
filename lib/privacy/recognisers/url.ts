import type { Report } from '../types';

const MAX_URL = 4096;
const MAX_SCHEME = 20;
/** Up to what cannot be in a URL, or what surrounds one in prose and Markdown. */
const END = /[\s<>"`{}|\\^]/;
/** Punctuation of the sentence around it. */
const TRAILING = /[.,;:!?'*_)\]»”’]/;
const SCHEME = /[a-z][a-z\d+.-]*$/i;
/** Parameters whose value lets somebody in; after the slashes, `&` and `?`. */
const SECRET_PARAMETER =
	/[?&;#](?:access_?token|auth(?:orization)?|auth_?token|api_?key|apikey|app_?secret|client_?secret|code|credential|id_?token|jwt|key|otp|pass(?:word|wd|code)?|pwd|reset_?token|refresh_?token|secret|session(?:_?id)?|sid|sig(?:nature)?|ticket_?token|token|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|invite|magic)=([^&#;\s]{4,})/gi;

/**
 * URLs: the user and password in one, values of parameters that are secrets, and (for those who ask for it) the
 * whole address.
 */
export function reportUrls(text: string, isWhole: boolean, report: Report): void {
	for (let at = text.indexOf('://'); at !== -1;) {
		const scheme = SCHEME.exec(text.slice(Math.max(0, at - MAX_SCHEME), at))?.[0] ?? '';
		const start = at - scheme.length;
		const end = endOf(text, at + 3);
		if (scheme !== '' && end > at + 3) {
			if (isWhole) report(start, end, 'url', 0.9, true);
			reportSecrets(text, at + 3, end, report);
		}
		at = text.indexOf('://', Math.max(end, at + 3));
	}
}

function reportSecrets(text: string, from: number, end: number, report: Report): void {
	const rest = text.slice(from, end);
	const authority = rest.slice(0, endOfAuthority(rest));
	const at = authority.lastIndexOf('@');
	if (at > 0 && (authority.includes(':') || at >= 20))
		report(from, from + at, 'urlSecret', 1, true);
	const query = rest.search(/[?#]/);
	if (query === -1) return;
	SECRET_PARAMETER.lastIndex = query;
	for (let match = SECRET_PARAMETER.exec(rest); match; match = SECRET_PARAMETER.exec(rest)) {
		const valueEnd = from + match.index + match[0].length;
		report(valueEnd - match[1].length, valueEnd, 'urlSecret', 0.95, true);
		// The separator before the next parameter may not have been consumed.
		SECRET_PARAMETER.lastIndex = match.index + match[0].length;
	}
}

function endOfAuthority(rest: string): number {
	const end = rest.search(/[/?#]/);
	return end === -1 ? rest.length : end;
}

function endOf(text: string, from: number): number {
	const candidate = text.slice(from, from + MAX_URL);
	const found = candidate.search(END);
	const url = withoutClosing(found === -1 ? candidate : candidate.slice(0, found));
	const hasBracket = url.includes('(');
	let length = url.length;
	while (length > 0 && TRAILING.test(url[length - 1])) {
		if (url[length - 1] === ')' && hasBracket) break;
		length--;
	}
	return from + length;
}

/** Up to a bracket that was opened in front of the URL, as in Markdown's `[text](https://…)`. */
function withoutClosing(url: string): string {
	let end = url.length;
	for (const [open, close] of ['()', '[]']) {
		const at = url.indexOf(close);
		if (at !== -1 && !url.slice(0, at).includes(open)) end = Math.min(end, at);
	}
	return url.slice(0, end);
}
