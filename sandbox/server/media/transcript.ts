interface Spoken {
	text: string;
	seconds: number;
	model: string;
	granularities: string[];
	speaker: string;
}

interface Segment {
	start: number;
	end: number;
	text: string;
}

/** A transcript in any of the vendor's formats; times are shared out by the length of the text. */
export function presentTranscript(format: string, spoken: Spoken): string | object {
	const { text, seconds, granularities, speaker } = spoken;
	const usage = { type: 'duration', seconds: Math.ceil(seconds) };
	const segments = timed(sentencesOf(text), seconds);
	switch (format) {
		case 'text':
			return `${text}\n`;
		case 'srt':
			return segments.map(subtitle(',')).join('');
		case 'vtt':
			return `WEBVTT\n\n${segments.map(subtitle('.', false)).join('')}`;
		case 'verbose_json':
			return {
				task: 'transcribe',
				language: 'unknown',
				duration: seconds,
				text,
				...(granularities.includes('segment') && { segments: segments.map(verbose) }),
				...(granularities.includes('word') && { words: wordsOf(text, seconds) }),
				usage,
			};
		case 'diarized_json':
			return {
				task: 'transcribe',
				duration: seconds,
				text,
				segments: segments.map((segment, index) => ({
					type: 'transcript.text.segment',
					id: `seg_${index}`,
					speaker,
					...segment,
				})),
				usage,
			};
	}
	// The sandbox knows no language.
	return { text, ...(spoken.model === 'gpt-transcribe' && { languages: [] }), usage };
}

function sentencesOf(text: string): string[] {
	return text
		.split(/(?<=[.!?\n])\s/)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}

function timed(parts: string[], seconds: number): Segment[] {
	const total = parts.reduce((sum, part) => sum + part.length, 0) || 1;
	let passed = 0;
	return parts.map((text) => {
		const start = (passed / total) * seconds;
		passed += text.length;
		return { start: round(start), end: round((passed / total) * seconds), text };
	});
}

function wordsOf(text: string, seconds: number) {
	const words = text.split(/\s+/).filter((word) => word !== '');
	return timed(words, seconds).map(({ text: word, ...times }) => ({ word, ...times }));
}

function verbose(segment: Segment, id: number) {
	const made = { temperature: 0, avg_logprob: 0, compression_ratio: 1, no_speech_prob: 0 };
	return { id, seek: 0, ...segment, tokens: [], ...made };
}

function subtitle(point: string, numbered = true) {
	return ({ start, end, text }: Segment, index: number) =>
		`${numbered ? `${index + 1}\n` : ''}${stamp(start, point)} --> ${stamp(end, point)}\n${text}\n\n`;
}

function stamp(seconds: number, point: string): string {
	const ms = Math.round(seconds * 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	const clock = [
		Math.floor(ms / 3_600_000),
		Math.floor(ms / 60_000) % 60,
		Math.floor(ms / 1000) % 60,
	];
	return `${clock.map(two).join(':')}${point}${String(ms % 1000).padStart(3, '0')}`;
}

function round(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}
