import {
	createFile,
	deleteFile,
	filePath,
	listFiles,
	waitUntilProcessed,
} from '../../../lib/openai/files';
import { findSameFile } from '../../../lib/openai/reuse';
import { inParts, uploadInParts } from '../../../lib/openai/uploads';
import { broken, fakeSurroundings, fakeTransport, refusal } from './fakes';
import { chunksOf, FileService, localFile } from './fileFakes';

const MINUTE = 60_000;

it('sends purpose and expiry before the file, as a form', async () => {
	const service = new FileService();
	const { file } = localFile('{}\n');
	await createFile(service.transport, file, { purpose: 'fine-tune', expiresAfterSeconds: 3600 });
	expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/files', retry: 'safe' });
	expect(service.requests[0].form).toMatchObject([
		{ name: 'purpose', value: 'fine-tune' },
		{ name: 'expires_after[anchor]', value: 'created_at' },
		{ name: 'expires_after[seconds]', value: '3600' },
		{ name: 'file', fileName: 'train.jsonl', mimeType: 'application/jsonl', bytes: 3 },
	]);
	expect(service.files[0].content.toString()).toBe('{}\n');
});

it('filters by purpose itself where the server ignores it', async () => {
	const { transport } = fakeTransport(() => ({
		data: [{ id: '1', purpose: 'batch' }, { id: '2', purpose: 'fine-tune' }, { id: '3' }],
	}));
	const files = await listFiles(transport, { purpose: 'fine-tune' });
	expect(files.map(({ id }) => id)).toEqual(['2', '3']);
});

it('escapes ids, and takes an empty answer to a deletion as done', async () => {
	const { transport, requests } = fakeTransport(() => ({}));
	expect(await deleteFile(transport, ' a/b ')).toEqual({ id: ' a/b ', deleted: true });
	expect(requests[0].path).toBe('/files/a%2Fb');
	for (const id of ['', ' ', '.', '..']) expect(() => filePath(id)).toThrow("'File' is empty");
});

describe('waitUntilProcessed', () => {
	const wait = async (statuses: Array<string | undefined>, timeoutMs = MINUTE) => {
		const { surroundings, sleeps } = fakeSurroundings();
		const { transport } = fakeTransport(() => ({ id: 'file-1', status: statuses.shift() }));
		const file = { id: 'file-1', status: statuses.shift() } as never;
		const result = await waitUntilProcessed(transport, surroundings, file, timeoutMs);
		return { status: result.status, sleeps };
	};

	it('looks with growing pauses until the file is ready', async () => {
		expect(
			await wait(['uploaded', 'pending', 'running', 'uploaded', 'uploaded', 'processed']),
		).toEqual({
			status: 'processed',
			sleeps: [1000, 1500, 2250, 3375, 5000],
		});
	});

	it.each([['processed'], [undefined], ['ready']])('takes %s as ready', async (status) => {
		expect((await wait([status])).sleeps).toEqual([]);
	});

	it('tells why the server cannot use a file', async () => {
		const { surroundings } = fakeSurroundings();
		const { transport } = fakeTransport(() => ({}));
		const file = { id: 'file-1', status: 'error', status_details: 'Line 3 is no JSON' } as never;
		await expect(waitUntilProcessed(transport, surroundings, file, MINUTE)).rejects.toMatchObject({
			message: 'The server cannot use the file file-1: Line 3 is no JSON',
			details: { code: 'file_invalid' },
		});
	});

	it('gives up at the limit, after a last look at it', async () => {
		const statuses = Array.from({ length: 99 }, () => 'uploaded');
		await expect(wait(statuses, 10_000)).rejects.toMatchObject({
			message: "The file file-1 was uploaded, and after 10 s the server still says 'uploaded'",
			details: { code: 'file_not_processed' },
		});
		expect(99 - statuses.length).toBe(6);
	});
});

describe('inParts', () => {
	it.each([
		[0, 10, 3, []],
		[10, 10, 3, [10]],
		[10, 3, 10, [3, 3, 3, 1]],
		[10, 3, 1, [3, 3, 3, 1]],
		[12, 3, 5, [3, 3, 3, 3]],
		[5, 64, 2, [5]],
	])('cuts %i bytes into parts of %i from chunks of %i', async (size, part, chunk, lengths) => {
		const bytes = Buffer.from(Array.from({ length: size }, (_, i) => i));
		const parts: Buffer[] = [];
		for await (const chunks of inParts(chunksOf(bytes, chunk), part)) {
			parts.push(Buffer.concat(chunks));
		}
		expect(parts.map(({ length }) => length)).toEqual(lengths);
		expect(Buffer.concat(parts)).toEqual(bytes);
	});

	it('holds no more than one part', async () => {
		let read = 0;
		async function* source() {
			for (let i = 0; i < 100; i++) {
				read += 10;
				yield Buffer.alloc(10);
			}
		}
		let given = 0;
		for await (const chunks of inParts(source(), 25)) {
			given += Buffer.concat(chunks).length;
			expect(read - given).toBeLessThan(25 + 10);
		}
		expect(given).toBe(1000);
	});
});

describe('uploadInParts', () => {
	const content = Buffer.from('0123456789'.repeat(1000));
	const settings = { purpose: 'fine-tune', partBytes: 3000 };

	it('sends parts one after the other and completes with their sum', async () => {
		const service = new FileService();
		const seen: string[] = [];
		const { file } = localFile(content);
		const made = await uploadInParts(service.transport, file, {
			...settings,
			expiresAfterSeconds: 7200,
			onPart: (part, parts) => seen.push(`${part}/${parts}`),
		});
		expect(made.parts).toBe(4);
		expect(service.files[0].content.equals(content)).toBe(true);
		expect(seen).toEqual(['1/4', '2/4', '3/4', '4/4']);
		expect(service.requests[0].body).toEqual({
			bytes: 10_000,
			filename: 'train.jsonl',
			mime_type: 'application/jsonl',
			purpose: 'fine-tune',
			expires_after: { anchor: 'created_at', seconds: 7200 },
		});
		expect(service.canceled).toEqual([]);
	});

	it('leaves retries of a part to the transport: the part can be read again', async () => {
		const service = new FileService();
		const { file, counter } = localFile(content);
		await uploadInParts(service.transport, file, settings);
		const part = service.requests.find(({ path }) => path.endsWith('/parts'))!;
		expect(part.retry).toBe('safe');
		const filePart = part.form![0] as { content: () => AsyncIterable<Uint8Array> };
		for (let again = 0; again < 2; again++) {
			const chunks: Uint8Array[] = [];
			for await (const chunk of filePart.content()) chunks.push(chunk);
			expect(Buffer.concat(chunks).equals(content.subarray(0, 3000))).toBe(true);
		}
		expect(counter.opened).toBe(1);
	});

	it('cancels what it cannot finish, and throws what happened', async () => {
		const service = new FileService();
		const fault = refusal(500);
		service.before = ({ path }) => {
			if (path.endsWith('/parts') && service.parts.size === 2) throw fault;
		};
		await expect(uploadInParts(service.transport, localFile(content).file, settings)).rejects.toBe(
			fault,
		);
		expect(service.canceled).toEqual(['upload_1']);
		expect(service.files).toEqual([]);
	});

	it('throws what happened also when canceling is refused', async () => {
		const service = new FileService();
		const fault = refusal(400);
		service.before = ({ path }) => {
			if (path.endsWith('/parts')) throw fault;
			if (path.endsWith('/cancel')) throw refusal(500);
		};
		await expect(uploadInParts(service.transport, localFile(content).file, settings)).rejects.toBe(
			fault,
		);
	});

	it('finds the file when the answer to the completion is lost', async () => {
		const service = new FileService();
		service.after = ({ path }) => {
			if (path.endsWith('/complete')) throw broken('ECONNRESET');
		};
		const { file } = await uploadInParts(service.transport, localFile(content).file, settings);
		expect(file.id).toBe('file-1');
		expect(service.canceled).toEqual([]);
	});

	it('does not take an older file for it', async () => {
		const service = new FileService();
		service.add(content, { created_at: 899 });
		service.before = ({ path }) => {
			if (path.endsWith('/complete')) throw broken('ECONNRESET');
		};
		await expect(
			uploadInParts(service.transport, localFile(content).file, settings),
		).rejects.toMatchObject({ details: { networkCode: 'ECONNRESET' } });
		expect(service.canceled).toEqual(['upload_1']);
	});
});

describe('findSameFile', () => {
	const { surroundings } = fakeSurroundings();
	const now = surroundings.now() / 1000;
	const content = 'same content\n';

	const find = async (service: FileService) => {
		const { file, counter } = localFile(content);
		const found = await findSameFile(service.transport, surroundings, file, 'fine-tune');
		return { id: found?.id, opened: counter.opened };
	};

	it('finds the same bytes under another name', async () => {
		const service = new FileService();
		service.add('other content', {});
		service.add(content, { filename: 'renamed.jsonl' });
		expect(await find(service)).toEqual({ id: 'file-2', opened: 1 });
	});

	it('reads nothing when no file has the size', async () => {
		const service = new FileService();
		service.add(`${content}x`);
		expect(await find(service)).toEqual({ id: undefined, opened: 0 });
		expect(service.paths()).toEqual(['GET /files']);
	});

	it.each([
		['other bytes of the same size', { content: Buffer.from('SAME content\n') }],
		['another purpose', { purpose: 'batch' }],
		['a file that is not ready', { status: 'uploaded' }],
		['a file that failed', { status: 'error' }],
		['a file that is about to expire', { expires_at: now + 3600 }],
	])('passes over %s', async (_what, more) => {
		const service = new FileService();
		service.add(content, more);
		expect((await find(service)).id).toBeUndefined();
	});

	it('takes one that expires later', async () => {
		const service = new FileService();
		service.add(content, { expires_at: now + 30 * 24 * 3600 });
		expect((await find(service)).id).toBe('file-1');
	});

	it('compares a few at most, those of the same name first', async () => {
		const service = new FileService();
		service.add(content, { filename: 'train.jsonl' });
		for (let other = 0; other < 20; other++) {
			service.add('x'.repeat(content.length), { filename: `${other}.jsonl` });
		}
		expect((await find(service)).id).toBe('file-1');
		expect(service.requests).toHaveLength(2);
	});

	it('reuses nothing where files cannot be read back', async () => {
		const service = new FileService();
		service.add(content);
		service.before = ({ path }) => {
			if (path.endsWith('/content')) throw refusal(403);
		};
		expect((await find(service)).id).toBeUndefined();
	});

	it('does not hide a broken local file', async () => {
		const service = new FileService();
		service.add(content);
		const file = { ...localFile(content).file, open: () => Promise.reject(new Error('disk')) };
		await expect(findSameFile(service.transport, surroundings, file, 'fine-tune')).rejects.toThrow(
			'disk',
		);
	});
});
