export interface TranscriptLine {
	/** As it stands in the text: a time of day, mostly without a zone. */
	time: string;
	author: string;
	text: string;
}

const SPOKEN = /^\((\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)\) ([^:]{1,80}):(?: (.*))?$/;

/**
 * The lines of a Zendesk messaging or chat transcript, `(10:02:11) Jane: text`, or undefined if the text is none. A
 * message may go on over several lines. What stands before the first one comes as a line without time and author.
 */
export function parseTranscript(text: string): TranscriptLine[] | undefined {
	const spoken: TranscriptLine[] = [];
	let heads = 0;
	const parts: string[][] = [];
	for (const line of text.split(/\r\n?|\n/)) {
		const found = line.startsWith('(') ? SPOKEN.exec(line.trimEnd()) : null;
		if (found !== null) {
			heads++;
			spoken.push({ time: found[1], author: found[2].trim(), text: '' });
			parts.push([found[3] ?? '']);
		} else if (spoken.length > 0) parts[parts.length - 1].push(line);
		else if (line.trim() !== '') {
			spoken.push({ time: '', author: '', text: '' });
			parts.push([line]);
		}
	}
	if (heads < 2) return undefined;
	return spoken.map((line, index) => ({ ...line, text: parts[index].join('\n').trim() }));
}
