import {
	attributionAt,
	headBlockAt,
	isForwardLine,
	isOriginalMessageLine,
	isReplyLine,
} from './mail/quoteHeads';
import { isDeviceLine, isSignatureLine, MAX_SIGNATURE_LINES } from './mail/signatures';

export interface StrippedReply {
	text: string;
	strippedQuote: boolean;
	strippedSignature: boolean;
}

/**
 * What the writer of a mail wrote himself, from its Markdown or plain text: without the mail that was answered ("On …
 * wrote:" in a dozen languages, "-----Original Message-----", Outlook's "From: … Sent: …", a tail of `>` lines) and
 * without the signature (below `-- `, "Sent from my iPhone"). Answers written between or below quoted lines stay, and
 * so does a forwarded mail. If nothing would be left, the text stays as it is.
 */
export function stripReply(markdown: string): StrippedReply {
	const lines = markdown.split(/\r\n?|\n/);
	const { kept, strippedQuote } = withoutQuotes(lines, linesInCode(lines));
	const own = withoutSignature(kept);
	if (hasWords(own)) return result(own, strippedQuote, own.length < kept.length);
	if (hasWords(kept)) return result(kept, strippedQuote, false);
	return { text: markdown, strippedQuote: false, strippedSignature: false };
}

function result(lines: string[], strippedQuote: boolean, strippedSignature: boolean) {
	return { text: lines.join('\n').trim(), strippedQuote, strippedSignature };
}

function withoutQuotes(lines: string[], isCode: boolean[]) {
	const kept: string[] = [];
	let isQuoteAbove = false;
	let strippedQuote = false;
	for (let at = 0; at < lines.length;) {
		if (!isCode[at]) {
			if (isForwardLine(lines[at])) {
				return { kept: kept.concat(lines.slice(at)), strippedQuote };
			}
			if (isReplyLine(lines[at])) {
				if (hasWords(kept)) return { kept: withoutRule(kept), strippedQuote: true };
				at++;
				continue;
			}
			if (isOriginalMessageLine(lines[at]) || headBlockAt(lines, at)) {
				return { kept: withoutRule(kept), strippedQuote: true };
			}
			const height = attributionAt(lines, at);
			if (height > 0) {
				const quoteEnd = endOfQuote(lines, at + height);
				if (quoteEnd === at + height) return { kept: withoutRule(kept), strippedQuote: true };
				strippedQuote = true;
				at = quoteEnd;
				continue;
			}
			isQuoteAbove = isQuoteLine(lines[at]) || (isQuoteAbove && lines[at].trim() === '');
		}
		kept.push(lines[at++]);
	}
	if (!isQuoteAbove) return { kept, strippedQuote };
	const own = withoutQuotedTail(kept);
	return { kept: own, strippedQuote: strippedQuote || own.length < kept.length };
}

/** Behind the quoted lines that begin here, or here if none do. */
function endOfQuote(lines: string[], from: number): number {
	let at = from;
	while (at < lines.length && lines[at].trim() === '') at++;
	if (at === lines.length) return from;
	if (!isQuoteLine(lines[at])) return from;
	while (at < lines.length && (isQuoteLine(lines[at]) || isBetweenQuotes(lines, at))) at++;
	return at;
}

function isBetweenQuotes(lines: string[], at: number): boolean {
	return lines[at].trim() === '' && at + 1 < lines.length && isQuoteLine(lines[at + 1]);
}

function withoutQuotedTail(lines: string[]): string[] {
	let end = lines.length;
	while (end > 0 && (lines[end - 1].trim() === '' || isQuoteLine(lines[end - 1]))) end--;
	return lines.slice(0, end);
}

function withoutSignature(lines: string[]): string[] {
	const end = lastFilled(lines);
	const isCode = linesInCode(lines);
	for (let at = Math.max(0, end - MAX_SIGNATURE_LINES); at < end; at++) {
		if (isCode[at]) continue;
		if (isSignatureLine(lines[at]) || (isDeviceLine(lines[at]) && at >= end - 3)) {
			return withoutRule(lines.slice(0, at));
		}
	}
	return lines;
}

function lastFilled(lines: string[]): number {
	let end = lines.length;
	while (end > 0 && lines[end - 1].trim() === '') end--;
	return end;
}

/** Without the line that Outlook draws above a quoted mail. */
function withoutRule(lines: string[]): string[] {
	let end = lastFilled(lines);
	while (end > 0 && /^(?:-{3,}|_{5,}|\*{3,}|)$/.test(lines[end - 1].trim())) end--;
	return lines.slice(0, end);
}

function isQuoteLine(line: string): boolean {
	return line.trimStart().startsWith('>');
}

function hasWords(lines: string[]): boolean {
	return lines.some((line) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line));
}

/** Which lines stand between code fences: nothing there was meant for a mail program. */
function linesInCode(lines: string[]): boolean[] {
	let fence = '';
	return lines.map((line) => {
		const found = /^ {0,12}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
		const isInside = fence !== '';
		if (fence === '') fence = found;
		else if (found.startsWith(fence) && line.trim() === found) fence = '';
		return isInside || found !== '';
	});
}
