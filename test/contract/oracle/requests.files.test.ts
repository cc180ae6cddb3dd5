import { createHash } from 'node:crypto';

import { toFile } from 'openai';

import {
	createFile,
	deleteFile,
	getFile,
	listFiles,
	openFileContent,
} from '../../../lib/openai/files';
import { uploadInParts } from '../../../lib/openai/uploads';
import { compare, CONTENT, file, type Pair } from './compare';

describe('the same request as the official SDK', () => {
	it.each<[string, Pair]>([
		[
			'files: create',
			{
				sdk: async (client) =>
					await client.files.create({
						purpose: 'fine-tune',
						expires_after: { anchor: 'created_at', seconds: 3600 },
						file: await toFile(CONTENT, file.fileName, { type: file.mimeType }),
					}),
				ours: async (transport) =>
					await createFile(transport, file, { purpose: 'fine-tune', expiresAfterSeconds: 3600 }),
			},
		],
		[
			'files: get',
			{
				sdk: (client) => client.files.retrieve('file-1'),
				ours: async (transport) => await getFile(transport, ' file-1 '),
			},
		],
		[
			'files: an id that would be another path',
			{
				sdk: (client) => client.files.retrieve('a/../b?c'),
				ours: async (transport) => await getFile(transport, 'a/../b?c'),
			},
		],
		[
			'files: list, two pages',
			{
				sdk: async (client) => {
					const page = await client.files.list({
						purpose: 'fine-tune',
						order: 'desc',
						limit: 1000,
					});
					await page.getNextPage();
				},
				ours: async (transport) => await listFiles(transport, { purpose: 'fine-tune' }),
				answers: [
					{ data: [{ id: 'file-2' }], has_more: true },
					{ data: [{ id: 'file-1' }], has_more: false },
				],
				requests: 2,
			},
		],
		[
			'files: content',
			{
				sdk: (client) => client.files.content('file-1'),
				ours: async (transport) => await openFileContent(transport, 'file-1'),
			},
		],
		[
			'files: delete',
			{
				sdk: (client) => client.files.delete('file-1'),
				ours: async (transport) => await deleteFile(transport, 'file-1'),
			},
		],
		[
			'uploads: create, parts, complete',
			{
				sdk: async (client) => {
					const upload = await client.uploads.create({
						bytes: CONTENT.length,
						filename: file.fileName,
						mime_type: file.mimeType,
						purpose: 'fine-tune',
						expires_after: { anchor: 'created_at', seconds: 7200 },
					});
					const part_ids: string[] = [];
					for (let start = 0; start < CONTENT.length; start += 20) {
						const data = await toFile(CONTENT.subarray(start, start + 20), file.fileName);
						part_ids.push((await client.uploads.parts.create(upload.id, { data })).id);
					}
					const md5 = createHash('md5').update(CONTENT).digest('hex');
					await client.uploads.complete(upload.id, { part_ids, md5 });
				},
				ours: async (transport) =>
					await uploadInParts(transport, file, {
						purpose: 'fine-tune',
						partBytes: 20,
						expiresAfterSeconds: 7200,
					}),
				requests: 4,
			},
		],
		[
			'uploads: cancel what cannot be finished',
			{
				sdk: async (client) => {
					await client.uploads.create({
						bytes: CONTENT.length,
						filename: file.fileName,
						mime_type: file.mimeType,
						purpose: 'fine-tune',
					});
					const data = await toFile(CONTENT, file.fileName);
					await client.uploads.parts.create('up', { data });
					await client.uploads.complete('up', {
						part_ids: ['part_1'],
						md5: createHash('md5').update(CONTENT).digest('hex'),
					});
					await client.uploads.cancel('up');
				},
				ours: async (transport) =>
					await uploadInParts(transport, file, { purpose: 'fine-tune', partBytes: 1000 }).catch(
						() => {},
					),
				// A completed upload without its file is of no use.
				answers: [{ id: 'up' }, { id: 'part_1' }, {}, {}],
				requests: 4,
			},
		],
	])('%s', async (_name, pair) => {
		await compare(pair);
	});

	it('is told apart when it differs', async () => {
		const differing = compare({
			sdk: (client) => client.files.retrieve('file-1'),
			ours: async (transport) => await getFile(transport, 'file-2'),
		});
		await expect(differing).rejects.toThrow(/file-2/);
	});
});
