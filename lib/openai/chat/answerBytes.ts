import { ApiError } from '../../http/errors';
import { watchSilence } from './silence';

/** What an HTTP client hands over for a streamed answer; a Node `Readable` is one. */
export type AnswerBody = AsyncIterable<Uint8Array> & { destroy?: (error: Error) => unknown };

/**
 * The bytes of an answer, with the two ways in which a connection dies made errors of the one kind that callers know.
 *
 * @param silenceMs after this long without a byte the body is destroyed
 * @throws ApiError with `ECONNRESET` for a broken connection and `ETIMEDOUT` for a silent one
 */
export async function* answerBytes(
	body: AnswerBody,
	silenceMs: number,
): AsyncGenerator<Uint8Array> {
	const watch = watchSilence(silenceMs, () => body.destroy?.(new Error('The server went silent')));
	try {
		for await (const chunk of body) {
			watch.heard();
			yield chunk;
			watch.heard();
		}
	} catch (cause) {
		if (watch.isSilent()) throw wentSilent(silenceMs, cause);
		throw brokenOff(cause instanceof Error ? cause.message : 'the connection was lost', cause);
	} finally {
		watch.end();
	}
}

/** For a streamed answer of which only a part can be used. */
export function brokenOff(why: string, cause?: unknown): ApiError {
	return new ApiError(`The streamed answer could not be read: ${why}`, {
		networkCode: 'ECONNRESET',
		ambiguous: true,
		method: 'POST',
		path: '/chat/completions',
		cause,
	});
}

function wentSilent(ms: number, cause: unknown): ApiError {
	return new ApiError(`The server sent nothing for ${Math.round(ms / 1000)} s`, {
		networkCode: 'ETIMEDOUT',
		ambiguous: true,
		method: 'POST',
		path: '/chat/completions',
		cause,
	});
}
