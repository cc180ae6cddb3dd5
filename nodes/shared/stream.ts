/** Node's `Readable`, as far as it is needed here: its module may not be imported in a verified package. */
export interface NodeStream extends AsyncIterable<Uint8Array> {
	take(limit: number): NodeStream;
	flatMap<T>(chunks: () => AsyncIterable<T>): NodeStream;
	on(event: 'error', listener: () => void): unknown;
	destroy(): unknown;
}

export function isNodeStream(content: object): content is NodeStream {
	return typeof (content as Partial<NodeStream>).flatMap === 'function';
}

/**
 * A Node stream of `chunks`, made from `seed`, a Node stream of at least one byte whose own content is dropped.
 * (`compose` would need no seed, but there an exception on either side ends the process.)
 */
export function streamOf(seed: object, chunks: () => AsyncIterable<Uint8Array>): NodeStream {
	const stream = (seed as NodeStream).take(1).flatMap(async function* () {
		yield* chunks();
	});
	// Whoever takes the stream listens only once it has a place for it; until then an unheard error would end the process.
	stream.on('error', () => undefined);
	return stream;
}
