import fc from 'fast-check';
import { openPieces, PIECE_BYTES, readBatches, readLines } from '../../../lib/dataset/reader';
import { chunked, utf8 } from './support/samples';

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
	const items: T[] = [];
	for await (const item of source) items.push(item);
	return items;
}

describe('readLines', () => {
	test('takes a byte order mark off, wherever the chunks are cut', async () => {
		const bytes = utf8('\ufeff{"a":1}\n{"a":2}');
		for (const cuts of [[], [1], [2], [1, 2, 3], [4]]) {
			expect(await all(readLines(chunked(bytes, cuts)))).toEqual([
				{ line: 1, text: '{"a":1}' },
				{ line: 2, text: '{"a":2}' },
			]);
		}
	});

	test('names what is wrong with a line', async () => {
		const bytes = Buffer.concat([Buffer.from([0xff, 10]), utf8('x'.repeat(50))]);
		const lines = await all(readLines([bytes], { maxLineBytes: 10 }));
		expect(lines.map(({ line, problem }) => [line, problem?.code])).toEqual([
			[1, 'invalid_utf8'],
			[2, 'line_too_long'],
		]);
	});

	test('any bytes in any chunks give the lines between the line feeds', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ maxLength: 200 }),
				fc.array(fc.nat(200)),
				async (bytes, cuts) => {
					const lines = await all(
						readLines(
							chunked(
								bytes,
								cuts.filter((cut) => cut <= bytes.length),
							),
						),
					);
					const feeds = bytes.filter((byte) => byte === 10).length;
					const open = bytes.length > 0 && bytes[bytes.length - 1] !== 10 ? 1 : 0;
					const onlyMark = Buffer.from(bytes).equals(utf8('\ufeff')) ? 1 : 0;
					expect(lines.map(({ line }) => line)).toEqual(
						Array.from({ length: feeds + open - onlyMark }, (_, index) => index + 1),
					);
				},
			),
		);
	});
});

describe('readBatches', () => {
	test('hands over one batch a piece', async () => {
		const line = `${'x'.repeat(1023)}\n`;
		const linesAPiece = PIECE_BYTES / 1024;
		const batches = await all(readBatches([utf8(line.repeat(3 * linesAPiece))]));
		expect(batches.map(({ length }) => length)).toEqual([linesAPiece, linesAPiece, linesAPiece]);
	});
});

describe('openPieces', () => {
	test('cuts a large chunk into pieces without copying it', async () => {
		const bytes = Buffer.alloc(3 * PIECE_BYTES + 1, 'x');
		const { pieces } = await openPieces([bytes]);
		const lengths = (await all(pieces)).map(({ length }) => length);
		expect(lengths).toEqual([PIECE_BYTES, PIECE_BYTES, PIECE_BYTES, 1]);
	});

	test('stops when it is told to, and closes the source', async () => {
		let closed = false;
		async function* endless() {
			try {
				for (;;) yield Buffer.alloc(PIECE_BYTES, '\n');
			} finally {
				closed = true;
			}
		}
		const controller = new AbortController();
		const read = async () => {
			let batches = 0;
			for await (const batch of readBatches(endless(), { signal: controller.signal })) {
				batches += batch.length > 0 ? 1 : 0;
				if (batches === 3) controller.abort(new Error('cancelled by the user'));
			}
		};
		await expect(read()).rejects.toThrow('cancelled by the user');
		expect(closed).toBe(true);
	});

	test('closes the source when the reader leaves early', async () => {
		let closed = false;
		async function* source() {
			try {
				for (;;) yield utf8('{"a":1}\n');
			} finally {
				closed = true;
			}
		}
		for await (const { line } of readLines(source())) if (line === 2) break;
		expect(closed).toBe(true);
	});

	test('lets others run now and then while it works through memory', async () => {
		let pauses = 0;
		const now = jest.spyOn(performance, 'now');
		let time = 0;
		now.mockImplementation(() => (time += 10));
		const pause = () => {
			pauses++;
			return Promise.resolve();
		};
		await all((await openPieces([Buffer.alloc(20 * PIECE_BYTES)], { pause })).pieces);
		now.mockRestore();
		expect(pauses).toBeGreaterThan(3);
	});
});
