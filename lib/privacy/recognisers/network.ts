import { CUE, type Cues } from '../cues';
import { type Chunks, isAlphanumeric, isDigit, unitAt } from '../scan';
import type { Report } from '../types';

const COLON = 0x3a;
const DOT = 0x2e;
const MAX_ADDRESS = 45;
const SHORTEST_ADDRESS = 3;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IP_V4 = new RegExp(`(?:${OCTET}\\.){3}${OCTET}`, 'y');
const MAC_BY_COLON = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i;
const MAC_BY_HYPHEN = /(?:[\da-f]{2}-){5}[\da-f]{2}(?![\w-])/iy;
const MAC_BY_DOT = /[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w.])/iy;

/** IPv4, and MAC addresses with hyphens (IEEE) or full stops (Cisco): each begins at a chunk with a digit. */
export function reportDottedAddresses(
	text: string,
	chunks: Chunks,
	cues: Cues,
	report: Report,
): void {
	for (let at = 0; at < chunks.length; at++) {
		const start = chunks.starts[at];
		const end = chunks.ends[at];
		const next = unitAt(text, end);
		if (next === DOT && end - start <= 3 && chunks.pure[at] === 1)
			reportIpV4(text, start, cues, report);
		else if (next === 0x2d && end - start === 2) reportMac(text, MAC_BY_HYPHEN, start, report);
		else if (next === DOT && end - start === 4) reportMac(text, MAC_BY_DOT, start, report);
	}
}

/** IPv6 and MAC addresses: what hexadecimal digits and colons make up around a colon. */
export function reportColonAddresses(text: string, report: Report): void {
	let past = 0;
	for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', Math.max(at + 1, past))) {
		if (!isPart(unitAt(text, at + 1))) continue;
		let start = at;
		while (start > past && at - start < MAX_ADDRESS && isPart(text.charCodeAt(start - 1))) start--;
		let end = at + 1;
		while (end < text.length && end - start <= MAX_ADDRESS && isPart(text.charCodeAt(end))) end++;
		past = end;
		if (end - start < SHORTEST_ADDRESS) continue;
		const isWhole = !isJoined(unitAt(text, start - 1)) && !isJoined(unitAt(text, end));
		if (isWhole) reportColonAddress(text.slice(start, end), start, report);
	}
}

function reportColonAddress(piece: string, start: number, report: Report): void {
	const isOpen = /(?:^|[^:])[.:]$/.test(piece);
	const address = isOpen ? piece.slice(0, -1) : piece;
	if (MAC_BY_COLON.test(address)) report(start, start + address.length, 'mac', 1, true);
	else if (isIpV6(address)) report(start, start + address.length, 'ip', 1, true);
}

function reportIpV4(text: string, start: number, cues: Cues, report: Report): void {
	const before = unitAt(text, start - 1);
	const earlier = unitAt(text, start - 2);
	if (before === DOT && isAlphanumeric(earlier)) return;
	if (before === 0x5f || (before === 0x2d && isAlphanumeric(earlier))) return;
	IP_V4.lastIndex = start;
	if (!IP_V4.test(text)) return;
	const end = IP_V4.lastIndex;
	const after = unitAt(text, end);
	const goesOn = isAlphanumeric(after) || (after === DOT && isDigit(unitAt(text, end + 1)));
	const isVersion = (cues.kindBefore(start, 3) & CUE.version) !== 0;
	if (!goesOn && !isVersion) report(start, end, 'ip', 0.9, true);
}

function reportMac(text: string, form: RegExp, start: number, report: Report): void {
	const before = unitAt(text, start - 1);
	if (before === 0x2d || before === DOT || before === 0x5f) return;
	form.lastIndex = start;
	if (form.test(text) && /[a-f]/i.test(text.slice(start, form.lastIndex)))
		report(start, form.lastIndex, 'mac', 0.9);
}

function isIpV6(address: string): boolean {
	if (address.includes(':::')) return false;
	const halves = address.split('::');
	if (halves.length > 2 || !/[\da-f]/i.test(address)) return false;
	const parts = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
	const last = parts[parts.length - 1] ?? '';
	const isMapped = last.includes('.');
	if (isMapped && !new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`).test(last)) return false;
	const words = isMapped ? parts.slice(0, -1) : parts;
	const count = words.length + (isMapped ? 2 : 0);
	if (!words.every((word) => /^[\da-f]{1,4}$/i.test(word))) return false;
	// `::` alone, `a::b` of code (`std::fd`) and times are not addresses.
	return halves.length === 2 ? count >= 1 && count <= 7 && /\d/.test(address) : count === 8;
}

function isPart(unit: number): boolean {
	return (
		isDigit(unit) ||
		(unit >= 97 && unit <= 102) ||
		(unit >= 65 && unit <= 70) ||
		unit === COLON ||
		unit === DOT
	);
}

function isJoined(unit: number): boolean {
	return isAlphanumeric(unit) || unit === 0x5f;
}
