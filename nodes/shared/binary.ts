/** Writing binary data of any size, wherever n8n keeps it. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { CanceledError } from '../../lib/http/canceled';

import { streamOf } from './stream';

export const JSONL_MIME_TYPE = 'application/jsonl';

/** Up to here the bytes are collected; a file of its own for a stream to begin with would cost more. */
const MAX_COLLECTED_BYTES = 8 * 1024 * 1024;

export interface BinaryFile {
	fileName: string;
	mimeType: string;
}

/**
 * Stores `blocks` as binary data. Where n8n keeps binary data outside its memory (on disk, in S3, in its database),
 * only a few megabytes of them are in memory at a time.
 */
export async function writeBinary(
	ctx: IExecuteFunctions,
	blocks: AsyncIterable<Buffer>,
	{ fileName, mimeType }: BinaryFile,
): Promise<IBinaryData> {
	const iterator = blocks[Symbol.asyncIterator]();
	const collected: Buffer[] = [];
	let bytes = 0;
	let seed: IBinaryData | undefined;
	try {
		for (;;) {
			if (ctx.getExecutionCancelSignal()?.aborted) throw new CanceledError();
			if (bytes > MAX_COLLECTED_BYTES && (seed ??= await seedBinary(ctx)).id) break;
			const next = await iterator.next();
			if (next.done) {
				return await ctx.helpers.prepareBinaryData(Buffer.concat(collected), fileName, mimeType);
			}
			collected.push(next.value);
			bytes += next.value.length;
		}
		return await streamBinary(ctx, seed.id, collected, iterator, { fileName, mimeType });
	} finally {
		await iterator.return?.();
	}
}

async function seedBinary(ctx: IExecuteFunctions): Promise<IBinaryData> {
	return await ctx.helpers.prepareBinaryData(Buffer.from('\n'), 'seed', 'application/octet-stream');
}

async function streamBinary(
	ctx: IExecuteFunctions,
	seedId: string,
	collected: Buffer[],
	iterator: AsyncIterator<Buffer>,
	{ fileName, mimeType }: BinaryFile,
): Promise<IBinaryData> {
	const signal = ctx.getExecutionCancelSignal();
	const seed = await ctx.helpers.getBinaryStream(seedId);
	const stream = streamOf(seed, async function* () {
		for (let block = collected.shift(); block; block = collected.shift()) yield block;
		for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
			if (signal?.aborted) throw new CanceledError();
			yield next.value;
		}
	});
	try {
		return await ctx.helpers.prepareBinaryData(stream as never, fileName, mimeType);
	} finally {
		stream.destroy();
	}
}
