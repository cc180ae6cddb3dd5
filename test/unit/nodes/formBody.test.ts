import { Readable } from 'node:stream';

import type { FormPart } from '../../../lib/http/types';
import { formBody } from '../../../nodes/shared/formBody';

const CHUNK = 64 * 1024;
/** Chunks read of the second opening, which only lends its stream. */
const READ_AHEAD = 3;

function part(bytes: number, content: () => AsyncIterable<Uint8Array>): FormPart {
	return { name: 'file', fileName: 'a.jsonl', mimeType: 'text/plain', bytes, content };
}

it('passes a file on disk through: what is held never depends on its size', async () => {
	const chunks = 2000;
	let produced = 0;
	const disk = () =>
		Readable.from(
			(function* () {
				for (let chunk = 0; chunk < chunks; chunk++, produced++) yield Buffer.alloc(CHUNK);
			})(),
			{ objectMode: false, highWaterMark: CHUNK },
		);
	const { body, headers } = await formBody([
		{ name: 'purpose', value: 'fine-tune' },
		part(chunks * CHUNK, disk),
	]);
	expect(body).toBeInstanceOf(Readable);
	expect(produced).toBeLessThanOrEqual(READ_AHEAD);

	let consumed = 0;
	let held = 0;
	for await (const chunk of body as Readable) {
		consumed += (chunk as Buffer).length;
		held = Math.max(held, produced * CHUNK - consumed);
	}
	expect(produced - chunks).toBeLessThanOrEqual(READ_AHEAD);
	expect(consumed).toBe(Number((headers as Record<string, string>)['Content-Length']));
	expect(held).toBeLessThan(40 * CHUNK);
});

it('sends an empty file too', async () => {
	const { body, headers } = await formBody([part(0, () => Readable.from([]))]);
	expect((body as Buffer).length).toBe(Number(headers['Content-Length']));
});

it('fails its stream when the disk fails', async () => {
	const disk = () =>
		Readable.from(
			(async function* () {
				yield Buffer.alloc(10);
				throw new Error('disk broken');
			})(),
		);
	const { body } = await formBody([part(20, disk)]);
	const read = async () => {
		for await (const _chunk of body as Readable);
	};
	await expect(read()).rejects.toThrow('disk broken');
});

it('makes a buffer of what is in memory, with another boundary each time', async () => {
	const form = [
		part(3, async function* () {
			yield Buffer.from('abc');
		}),
	];
	const [one, two] = [await formBody(form), await formBody(form)];
	expect(Buffer.isBuffer(one.body)).toBe(true);
	expect((one.body as Buffer).length).toBe(Number(one.headers['Content-Length']));
	expect((one.body as Buffer).toString()).toContain('abc');
	expect(one.headers['Content-Type']).not.toBe(two.headers['Content-Type']);
});
