/** What is read of a refusal that comes as a stream. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** The body of a refusal as text, in whatever form the request asked for it. */
export async function bodyText(body: unknown): Promise<string> {
	if (typeof body === 'string') return body;
	if (Buffer.isBuffer(body) || body instanceof ArrayBuffer) {
		return Buffer.from(body as Buffer)
			.subarray(0, MAX_REFUSAL_BYTES)
			.toString();
	}
	const stream = body as (AsyncIterable<Uint8Array> & { destroy?: () => void }) | undefined;
	if (typeof stream?.[Symbol.asyncIterator] !== 'function') return '';
	const chunks: Uint8Array[] = [];
	let size = 0;
	// Leaving the loop destroys the stream.
	for await (const chunk of stream) {
		chunks.push(chunk);
		size += chunk.length;
		if (size >= MAX_REFUSAL_BYTES) break;
	}
	return Buffer.concat(chunks).toString();
}
