/** Several inputs in one request, as many as the server takes. */
import { ApiError } from '../../http/errors';

export interface BatchLimits {
	maxInputs: number;
	/** Of whatever `sizeOf` counts; a single input that is larger goes alone. */
	maxSize: number;
}

/** Neighbouring inputs together, in order, within both limits. */
export function batchesOf<T>(
	inputs: readonly T[],
	sizeOf: (input: T) => number,
	{ maxInputs, maxSize }: BatchLimits,
): T[][] {
	const batches: T[][] = [];
	let batch: T[] = [];
	let size = 0;
	for (const input of inputs) {
		const own = sizeOf(input);
		if (batch.length > 0 && (batch.length >= maxInputs || size + own > maxSize)) {
			batches.push(batch);
			batch = [];
			size = 0;
		}
		batch.push(input);
		size += own;
	}
	return batch.length > 0 ? [...batches, batch] : batches;
}

/**
 * Sends a batch; where the server finds it too large it is sent in halves, down to single inputs. A refused request
 * costs nothing. Results keep the order of the inputs.
 *
 * @param send - answers one result for each input.
 * @throws what `send` throws for another reason, or for a single input.
 */
export async function sendInHalves<T, R>(
	batch: T[],
	send: (part: T[]) => Promise<R[]>,
): Promise<R[]> {
	const waiting = [batch];
	const results: R[] = [];
	for (let part = waiting.pop(); part; part = waiting.pop()) {
		const sent = await outcomeOf(send(part));
		if ('results' in sent) {
			for (const result of sent.results) results.push(result);
			continue;
		}
		if (part.length === 1 || !isTooLarge(sent.error)) throw sent.error;
		const middle = part.length >> 1;
		waiting.push(part.slice(middle), part.slice(0, middle));
	}
	return results;
}

async function outcomeOf<R>(answer: Promise<R[]>): Promise<{ results: R[] } | { error: unknown }> {
	return await answer.then(
		(results) => ({ results }),
		(error: unknown) => ({ error }),
	);
}

/** OpenAI `max_tokens_per_request`, array_above_max_length; Azure and others "too many inputs", "batch size"; 413. */
function isTooLarge(error: unknown): boolean {
	if (!(error instanceof ApiError)) return false;
	const { status, code = '' } = error.details;
	if (status === 413) return true;
	if (status !== 400 && status !== 422) return false;
	return (
		/max_tokens_per_request|above_max_length|too_many/.test(code) ||
		/too many (?:inputs|tokens)|batch size|max(?:imum)? (?:number of )?(?:inputs|tokens per request)|array too long/i.test(
			error.message,
		)
	);
}
