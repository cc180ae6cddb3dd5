/** One server-sent event; `data` has its lines joined. */
export interface ServerEvent {
	event?: string;
	data: string;
}

/** UTF-16 units one line may have: a chunk of an answer has a few hundred. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/**
 * Splits a body of type `text/event-stream` into its events, however the bytes are cut into chunks.
 * Rules: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream, except that an event
 * at the very end counts without its empty line, which some servers leave out.
 *
 * @throws RangeError if a line has more than 8 Mi UTF-16 units
 */
export async function* serverEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
	let event: string | undefined;
	let data: string[] = [];
	for await (const line of lines(bytes)) {
		if (line === '') {
			if (data.length > 0) yield { event, data: data.join('\n') };
			event = undefined;
			data = [];
		}
		const [name, value] = field(line);
		if (name === 'data') data.push(value);
		if (name === 'event') event = value;
	}
	if (data.length > 0) yield { event, data: data.join('\n') };
}

/** A comment, which servers send to keep the line open, has an empty name. */
function field(line: string): [name: string, value: string] {
	const colon = line.indexOf(':');
	if (colon === -1) return [line, ''];
	const start = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
	return [line.slice(0, colon), line.slice(start)];
}

/** Lines ended by LF, CR or CRLF, any of which may be cut in the middle, as may any character. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let begun = '';
	let endedWithCr = false;
	for await (const chunk of bytes) {
		let text = decoder.decode(chunk, { stream: true });
		if (text === '') continue;
		if (endedWithCr && text.startsWith('\n')) text = text.slice(1);
		endedWithCr = text.endsWith('\r');
		const [first, ...others] = text.split(/\r\n|\n|\r/);
		begun += first;
		for (const next of others) {
			yield begun;
			begun = next;
		}
		if (begun.length > MAX_LINE_LENGTH) throw new RangeError('A line of the answer is too long');
	}
	yield begun + decoder.decode();
}
