/** Code fences of Markdown: https://spec.commonmark.org/0.31.2/#fenced-code-blocks */

/** A code block that is open. */
export interface Fence {
	/** The line that opens it again, without its end. */
	opening: string;
	/** The line that closes it, without its end. */
	closing: string;
}

/** Language names are short; what follows them opens nothing. */
const MAX_LANGUAGE = 40;
/** Longer runs are no fences that anyone has typed, and would use up the room of a message. */
const MAX_MARKER = 20;

/** The code block that is open after `line`, when `fence` was open before it. Lists may indent fences at will. */
export function fenceAfter(line: string, fence: Fence | undefined): Fence | undefined {
	const start = indentation(line);
	const sign = line[start];
	if (sign !== '`' && sign !== '~') return fence;
	let end = start;
	while (line[end] === sign) end++;
	const length = end - start;
	if (length < 3 || length > MAX_MARKER) return fence;
	const info = line.slice(end).trim();
	if (fence) return closes(sign, length, info, fence) ? undefined : fence;
	if (sign === '`' && info.includes('`')) return undefined;
	const marker = sign.repeat(length);
	const language = info.split(/\s/, 1)[0];
	return {
		opening: language.length > MAX_LANGUAGE ? marker : marker + language,
		closing: marker,
	};
}

/** The text with a code block closed that is open at its end. */
export function closedFence(text: string): string {
	let fence: Fence | undefined;
	for (const line of text.split('\n')) fence = fenceAfter(line, fence);
	return fence ? `${text}\n${fence.closing}` : text;
}

function closes(sign: string, length: number, info: string, { closing }: Fence): boolean {
	return info === '' && closing.startsWith(sign) && length >= closing.length;
}

function indentation(line: string): number {
	let index = 0;
	while (line[index] === ' ' || line[index] === '\t') index++;
	return index;
}
