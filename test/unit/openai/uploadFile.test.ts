import { uploadFile, partBytesOf, type UploadSettings } from '../../../lib/openai/uploadFile';
import { SettingError } from '../../../lib/openai/settingError';
import { fakeSurroundings } from './fakes';
import { FileService, localFile } from './fileFakes';

const LINE = '{"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Ho"}]}\n';
const GOOD = LINE.repeat(10);

function setup(supportsUploads = true) {
	const service = new FileService();
	const { surroundings, sleeps } = fakeSurroundings();
	const api = {
		transport: service.transport,
		surroundings,
		dialect: { supports: { uploads: supportsUploads } as never },
	};
	return { service, api, sleeps };
}

const settings = (more: Partial<UploadSettings> = {}): UploadSettings => ({
	purpose: 'fine-tune',
	check: true,
	reuse: true,
	partsAboveBytes: 100_000,
	partBytes: 300,
	waitMs: 60_000,
	...more,
});

it('checks, looks for the same content, sends and waits', async () => {
	const { service, api, sleeps } = setup();
	service.statusAfterUpload = 'uploaded';
	service.before = ({ path }) => {
		if (path === '/files/file-1') service.files[0].status = 'processed';
	};
	const { file, counter } = localFile(GOOD);
	const result = await uploadFile(api, file, settings());
	expect(result).toMatchObject({
		file: { id: 'file-1', status: 'processed' },
		reused: false,
		parts: 0,
		report: { valid: true, examples: 10 },
	});
	expect(service.paths()).toEqual(['GET /files', 'POST /files', 'GET /files/file-1']);
	expect(sleeps).toEqual([1000]);
	expect(counter.opened).toBe(2);
});

it('does none of it when not asked to', async () => {
	const { service, api } = setup();
	service.statusAfterUpload = 'uploaded';
	const bad = localFile('not json').file;
	const result = await uploadFile(api, bad, settings({ check: false, reuse: false, waitMs: 0 }));
	expect(result.file.status).toBe('uploaded');
	expect(service.paths()).toEqual(['POST /files']);
});

it('sends nothing that the check refuses, and names lines and ways out', async () => {
	const { service, api } = setup();
	const bad = `${GOOD}{"messages":[]}\nnot json\n${'{}\n'.repeat(9)}`;
	const refused = uploadFile(api, localFile(bad).file, settings());
	await expect(refused).rejects.toBeInstanceOf(SettingError);
	await expect(refused).rejects.toMatchObject({
		message: expect.stringMatching(
			/^The file train\.jsonl was not uploaded: the check found \d+ things/,
		),
		description: expect.stringMatching(
			/Line 11, messages.*Line 12.*more\..*'Check Before Upload'/s,
		),
	});
	expect(service.requests).toEqual([]);
});

it('uses a file that is there already', async () => {
	const { service, api } = setup();
	service.add(GOOD, { id: 'file-old' });
	const result = await uploadFile(api, localFile(GOOD).file, settings());
	expect(result).toMatchObject({ file: { id: 'file-old' }, reused: true, parts: 0 });
	expect(service.files).toHaveLength(1);
});

it('sends a large file in parts where the server can', async () => {
	const large = settings({ partsAboveBytes: GOOD.length - 1, reuse: false });
	const { service, api } = setup();
	const { parts } = await uploadFile(api, localFile(GOOD).file, large);
	expect(parts).toBe(Math.ceil(GOOD.length / 300));
	expect(service.files[0].content.toString()).toBe(GOOD);

	const without = setup(false);
	expect((await uploadFile(without.api, localFile(GOOD).file, large)).parts).toBe(0);
	expect(without.service.paths()).toEqual(['POST /files']);
});

it.each([
	['fine-tune', 'data.json', 'data.jsonl'],
	['fine-tune', 'data.JSONL', 'data.JSONL'],
	['fine-tune', 'data', 'data.jsonl'],
	['fine-tune', 'v1.2', 'v1.2.jsonl'],
	['batch', 'data.txt', 'data.jsonl'],
	['user_data', 'data.json', 'data.json'],
])('for %s calls %s %s', async (purpose, name, expected) => {
	const { service, api } = setup();
	await uploadFile(api, localFile(GOOD, name).file, settings({ purpose }));
	expect(service.files[0].filename).toBe(expected);
});

it('refuses an empty file, and one that is too large, before it asks the server', async () => {
	const { service, api } = setup();
	await expect(uploadFile(api, localFile('').file, settings())).rejects.toThrow('is empty');
	const huge = { ...localFile('x').file, bytes: 9 * 2 ** 30 };
	await expect(uploadFile(api, huge, settings())).rejects.toThrow('9216 MiB');
	const { api: small } = setup(false);
	const file = { ...huge, bytes: 600 * 2 ** 20 };
	await expect(uploadFile(small, file, settings())).rejects.toThrow('takes 512 MiB');
	expect(service.requests).toEqual([]);
});

it.each([
	[16, 16 * 2 ** 20],
	[0.5, 2 ** 19],
	[1000, 64 * 2 ** 20],
	[0, 1],
])('makes %d MB %i bytes a part', (megabytes, bytes) => {
	expect(partBytesOf(megabytes)).toBe(bytes);
});
