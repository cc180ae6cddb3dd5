import fc from 'fast-check';
import { BLOCK_BYTES, BlockWriter, writeLines } from '../../../lib/dataset/writer';
import { readLines } from '../../../lib/dataset/reader';
import { toLine } from '../../../lib/dataset/examples';
import type { JsonObject } from '../../../lib/dataset/types';
import { PLAIN, utf8 } from './support/samples';

async function blocksOf(examples: Parameters<typeof writeLines>[0]): Promise<Buffer[]> {
	const blocks: Buffer[] = [];
	for await (const block of writeLines(examples)) blocks.push(block);
	return blocks;
}

describe('writeLines', () => {
	test('writes exact UTF-8 with a line feed after every line and no byte order mark', async () => {
		const bytes = Buffer.concat(await blocksOf([{ prompt: 'é', completion: '😀\u2028' }, PLAIN]));
		expect(bytes).toEqual(
			utf8(`{"prompt":"é","completion":"😀\\u2028"}\n${JSON.stringify(PLAIN)}\n`),
		);
	});

	test('writes nothing for nothing', async () => {
		expect(await blocksOf([])).toEqual([]);
	});

	test('fills blocks of about 256 KiB and hands them over while it reads', async () => {
		let made = 0;
		function* examples() {
			for (; made < 20_000; made++) yield PLAIN;
		}
		const blocks = writeLines(examples());
		const first = await blocks.next();
		expect(made).toBeLessThan(5000);
		expect((first.value as Buffer).length).toBeGreaterThan(BLOCK_BYTES - 1000);
		expect((first.value as Buffer).length).toBeLessThanOrEqual(BLOCK_BYTES);
	});

	test('takes single examples and batches, sync and async, and lines of any length', async () => {
		const example = fc
			.tuple(fc.string({ unit: 'binary' }), fc.nat(3))
			.map(([text, size]) => ({ prompt: text.repeat(10 ** size), completion: text }));
		const batch = fc.oneof(example, fc.array(example, { maxLength: 4 }));
		await fc.assert(
			fc.asyncProperty(fc.array(batch, { maxLength: 6 }), async (batches) => {
				async function* later() {
					yield* batches;
				}
				const expected = batches.flat().map((one) => toLine(one as JsonObject));
				for (const source of [batches, later()]) {
					const lines: Array<string | undefined> = [];
					for await (const { text } of readLines(await blocksOf(source))) lines.push(text);
					expect(lines).toEqual(expected);
				}
			}),
			{ numRuns: 50 },
		);
	});

	test('closes its source when the reader leaves', async () => {
		let closed = false;
		async function* examples() {
			try {
				for (;;) yield PLAIN;
			} finally {
				closed = true;
			}
		}
		const blocks = writeLines(examples());
		await blocks.next();
		await blocks.return(undefined);
		expect(closed).toBe(true);
	});
});

describe('BlockWriter', () => {
	test('counts lines and bytes, and never touches a block it has handed over', () => {
		const writer = new BlockWriter();
		const line = 'é'.repeat(1000);
		const taken: Array<[Buffer, Buffer]> = [];
		for (let count = 0; count < 1000; count++) {
			writer.addLine(line);
			for (const block of writer.take()) taken.push([block, Buffer.from(block)]);
		}
		writer.addLine('x'.repeat(300_000));
		const blocks = [...taken.map(([block]) => block), ...writer.end()];
		expect(taken.length).toBeGreaterThan(5);
		for (const [block, copy] of taken) expect(block.equals(copy)).toBe(true);
		expect([writer.lines, writer.bytes]).toEqual([1001, 1000 * 2001 + 300_001]);
		expect(Buffer.concat(blocks).length).toBe(writer.bytes);
	});
});
