import { useNock } from '../harness';
import { MODEL, useImageServer } from './image.support';
import { byId, partsOf, png, run } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server } = useImageServer();

describe('Vary', () => {
	it('edits the image with a prompt that can be changed', async () => {
		const items = ['', 'In red'].map((prompt) => ({
			json: { prompt },
			files: { data: { content: png(), fileName: 'a.png' } },
		}));
		await run(
			'image',
			'vary',
			{ model: byId(MODEL) },
			{ credentials: server.credentials, items: [items[0]] },
		);
		await run(
			'image',
			'vary',
			{ model: byId(MODEL), prompt: '={{ $json.prompt }}', options: { size: 'auto' } },
			{ credentials: server.credentials, items: [items[1]] },
		);
		expect(server.routes()).toEqual(Array(2).fill('POST /v1/images/edits'));
		const [first, second] = await Promise.all(server.hits.map(partsOf));
		expect(first).toContainEqual(['prompt', 'Create a variation of this image.']);
		expect(second).toContainEqual(['prompt', 'In red']);
		expect(second).toContainEqual(['size', 'auto']);
	});
});
