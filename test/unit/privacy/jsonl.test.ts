import { gzipSync } from 'node:zlib';

import type { JsonObject } from '../../../lib/dataset/types';
import { mapJsonl, type MapObject } from '../../../lib/privacy/jsonl';

async function map(content: string | Buffer, change: MapObject, maxLeftOut?: number) {
	const { output, report } = mapJsonl([Buffer.from(content as string)], change, { maxLeftOut });
	const blocks: Buffer[] = [];
	for await (const block of output) blocks.push(block);
	return { text: Buffer.concat(blocks).toString('utf8'), report: report() };
}

const same: MapObject = (value) => ({ value, isChanged: false });

test('objects that stay keep their bytes, others are written anew', async () => {
	const { text, report } = await map('{"a": 1}\r\n{"b":"x"}\n', (value: JsonObject) =>
		'b' in value ? { value: { b: 'y' }, isChanged: true } : { value, isChanged: false },
	);
	expect(text).toBe('{"a": 1}\n{"b":"y"}\n');
	expect(report).toMatchObject({ examples: 2, leftOut: 0, findings: [], bytes: text.length });
});

test('what cannot be looked through is left out without its text, and counted', async () => {
	const { text, report } = await map(
		'{"a":1}\noops jane@example.com\n{"n":12345678901234567890}\n[1]\n',
		same,
		2,
	);
	expect(text).toBe('{"a":1}\n');
	expect(report).toMatchObject({ examples: 1, leftOut: 3, leftOutNotListed: 1 });
	expect(report.leftOutList.map(({ line }) => line)).toEqual([2, 3]);
	expect(JSON.stringify(report)).not.toContain('jane');
});

test('a name given twice hides nothing', async () => {
	const { text } = await map('{"a":"jane@example.com","a":"ok"}\n', same);
	expect(text).toBe('{"a":"ok"}\n');
});

test('gzip, lists and pretty-printed JSON become JSONL', async () => {
	const { text } = await map(gzipSync('[\n {"a": 1},\n {"b":\n 2}\n]'), same);
	expect(
		text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as unknown),
	).toEqual([{ a: 1 }, { b: 2 }]);
});
