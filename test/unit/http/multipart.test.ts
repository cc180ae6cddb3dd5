import fc from 'fast-check';

import { multipartChunks, multipartLength, multipartType } from '../../../lib/http/multipart';
import type { FormPart } from '../../../lib/http/types';

const BOUNDARY = 'n8n-test-boundary';

async function* of(...chunks: Uint8Array[]) {
	yield* chunks;
}

async function body(form: FormPart[], ...contents: Uint8Array[][]): Promise<Buffer> {
	const opened = contents.map((chunks) => of(...chunks));
	const all: Uint8Array[] = [];
	for await (const chunk of multipartChunks(form, BOUNDARY, opened)) all.push(chunk);
	return Buffer.concat(all);
}

function file(bytes: number, fileName = 'a.jsonl'): FormPart {
	return { name: 'file', fileName, mimeType: 'application/jsonl', bytes, content: () => of() };
}

it('is what a standard parser reads back, with the length it announced', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
			fc.string({ minLength: 1 }),
			fc.stringMatching(/^[a-z "\r\n%äé]{1,20}$/),
			async (chunks, value, fileName) => {
				const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
				const form = [{ name: 'purpose', value }, file(bytes, fileName)];
				const sent = await body(form, chunks);
				expect(sent.length).toBe(multipartLength(form, BOUNDARY));

				const parsed = await new Response(new Uint8Array(sent), {
					headers: { 'Content-Type': multipartType(BOUNDARY) },
				}).formData();
				expect(Buffer.from(parsed.get('purpose') as string)).toEqual(Buffer.from(value));
				const read = parsed.get('file') as File;
				expect(Buffer.from(await read.arrayBuffer())).toEqual(Buffer.concat(chunks));
				expect(read.type).toBe('application/jsonl');
			},
		),
		{ numRuns: 50 },
	);
});

it('cannot be broken out of by a file name or a type', async () => {
	const hostile: FormPart = {
		...(file(1, 'a"\r\nContent-Type: text/html\r\n\r\n.jsonl') as object),
		mimeType: 'text/plain\r\nX-Evil: 1',
	} as FormPart;
	const text = (await body([hostile], [Buffer.from('x')])).toString();
	expect(text).toContain('filename="a%22%0D%0AContent-Type: text/html%0D%0A%0D%0A.jsonl"');
	expect(text).toContain('Content-Type: text/plainX-Evil: 1\r\n');
});

it.each([[9], [11]])('refuses a file of 10 bytes that was announced with %i', async (bytes) => {
	await expect(body([file(bytes)], [Buffer.alloc(10)])).rejects.toThrow('changed while');
});

it('reads the file only as fast as the body is read', async () => {
	let produced = 0;
	async function* counted() {
		for (let chunk = 0; chunk < 1000; chunk++) {
			produced++;
			yield Buffer.alloc(1024);
		}
	}
	const chunks = multipartChunks([file(1000 * 1024)], BOUNDARY, [counted()]);
	for (let taken = 1; taken <= 10; taken++) {
		await chunks.next();
		expect(produced).toBeLessThan(taken + 1);
	}
	await chunks.return(undefined);
	expect(produced).toBe(9);
});
