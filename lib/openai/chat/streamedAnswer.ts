import { ApiError } from '../../http/errors';
import { type AnswerBody, answerBytes, brokenOff } from './answerBytes';
import { CompletionCollector } from './completionCollector';
import { serverEvents } from './eventStream';
import { isPlainObject, jsonTextDepth, MAX_JSON_DEPTH, type PlainObject } from './json';

export interface StreamReading {
	/** The answer's content type; servers that do not stream send a whole JSON body. */
	contentType: string | undefined;
	/** Milliseconds without a byte after which the server is given up; ten minutes by default, as in OpenAI's SDK. */
	silenceMs?: number;
}

/** Hears the text of the first choice (or its refusal) as it comes; awaited before the next bytes are read. */
type OnText = (text: string) => void | Promise<void>;

const DEFAULT_SILENCE_MS = 600_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Reads a streamed chat completion into the body that the same request without `stream` would have had.
 *
 * @param body the bytes as they come; closed when this ends, however it ends
 * @throws ApiError for an error that the server sends in the stream, and if the stream ends before the answer does;
 * what `onText` throws, as it is
 */
export async function readStreamedAnswer(
	body: AnswerBody,
	{ onText, ...reading }: StreamReading & { onText: OnText },
): Promise<unknown> {
	const texts = streamedTexts(body, reading);
	try {
		for (;;) {
			const { value, done } = await texts.next();
			if (done) return value;
			await onText(value);
		}
	} finally {
		// A listener that fails would leave the answer open; a body that cannot be closed must not hide why.
		await texts.return(undefined).catch(() => undefined);
	}
}

/**
 * The same as a generator: yields the text of the first choice (or its refusal) as it comes, and returns the body.
 *
 * @throws ApiError like `readStreamedAnswer`
 */
export async function* streamedTexts(
	body: AnswerBody,
	{ contentType, silenceMs = DEFAULT_SILENCE_MS }: StreamReading,
): AsyncGenerator<string, unknown> {
	const bytes = answerBytes(body, silenceMs);
	if (/\bjson\b/i.test(contentType ?? '')) return yield* wholeBody(bytes);
	const collected = new CompletionCollector();
	for await (const { data } of serverEvents(bytes)) {
		if (data === '[DONE]') return collected.completion();
		const chunk = parseChunk(data);
		if (isPlainObject(chunk.error)) throw errorInStream(chunk.error);
		const text = collected.add(chunk);
		if (text) yield text;
	}
	// Some servers end without the marker; the finish reason tells that the answer is whole.
	if (!collected.isFinished()) throw brokenOff('it ended before the answer did');
	return collected.completion();
}

async function* wholeBody(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, unknown> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of bytes) {
		length += part.length;
		if (length > MAX_BODY_BYTES) throw brokenOff('it has more than 64 MiB');
		parts.push(part);
	}
	const completion = parseChunk(Buffer.concat(parts).toString('utf8'));
	if (isPlainObject(completion.error)) throw errorInStream(completion.error);
	const [first] = Array.isArray(completion.choices) ? completion.choices : [];
	const message = isPlainObject(first) && isPlainObject(first.message) ? first.message : {};
	const text = message.content ?? message.refusal;
	if (typeof text === 'string' && text) yield text;
	return completion;
}

function parseChunk(text: string): PlainObject {
	if (jsonTextDepth(text) > MAX_JSON_DEPTH) throw brokenOff('it is nested too deeply');
	try {
		const chunk: unknown = JSON.parse(text);
		return isPlainObject(chunk) ? chunk : {};
	} catch {
		throw brokenOff(`it holds something that is not JSON: ${text.slice(0, 100)}`);
	}
}

function errorInStream(error: PlainObject): ApiError {
	const text = (value: unknown) =>
		typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
	const code = text(error.code);
	// The answer began with 200; servers that know a better status send it along.
	const status = [text(error.status), code].find((value) => /^[45]\d\d$/.test(value ?? ''));
	return new ApiError(text(error.message) ?? 'The server stopped the answer', {
		status: Number(status ?? 500),
		code,
		type: text(error.type),
		param: text(error.param),
		body: JSON.stringify({ error }).slice(0, 4000),
		ambiguous: true,
	});
}
