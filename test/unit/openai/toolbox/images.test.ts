import type { ImagesResponse } from 'openai/resources/images';

import { ApiError } from '../../../../lib/http/errors';
import { generateImages, madeImages } from '../../../../lib/openai/toolbox/images';
import { withExplanation } from '../../../../lib/openai/toolbox/refusals';

const answer = (...data: object[]) => ({ created: 1, data }) as ImagesResponse;

it('reads bytes, data URLs and addresses', () => {
	const base64 = Buffer.from('abc').toString('base64');
	expect(
		madeImages(
			answer(
				{ b64_json: base64, revised_prompt: 'A boat' },
				{ b64_json: `data:image/png;base64,${base64}` },
				{ url: 'https://example.com/1.png' },
			),
		),
	).toEqual([
		{ content: Buffer.from('abc'), revisedPrompt: 'A boat' },
		{ content: Buffer.from('abc') },
		{ url: 'https://example.com/1.png' },
	]);
});

it.each([[{ created: 1 }], [answer()], [answer({})], [answer({ b64_json: '' })], [{ data: 'x' }]])(
	'finds no image in %j',
	(broken) => {
		expect(() => madeImages(broken as ImagesResponse)).toThrow('without an image');
	},
);

it('leaves the sizes that models take to the server, but not what is no size', async () => {
	const bodies: unknown[] = [];
	const transport = async <T>({ body }: { body?: object }) => {
		bodies.push(body);
		return { status: 200, headers: {}, data: answer() as T };
	};
	const ask = async (size: string) =>
		await generateImages(transport, { model: 'm', prompt: 'p', size });
	for (const size of ['auto', '512x512', '3840x2160']) await ask(size);
	expect(bodies).toHaveLength(3);
	for (const size of ['0x16', '1024', '1024 x 1024', '999999x16', '-1x4']) {
		await expect(ask(size)).rejects.toThrow("'Size' is");
	}
});

it.each([
	[{ code: 'moderation_blocked', status: 400 }, 'content policy'],
	[{ type: 'content_filter', status: 400 }, 'content policy'],
	[{ status: 413 }, 'no body of this size'],
])('explains %j', async (details, words) => {
	const failing = withExplanation('image', async () => {
		throw new ApiError('No.', details);
	});
	const error = (await failing.catch((thrown: unknown) => thrown)) as ApiError;
	expect(error.details.explanation?.message).toContain(words);
	expect(error.details).toMatchObject(details);
});

it('leaves other errors as they are', async () => {
	const plain = new ApiError('No.', { status: 400 });
	await expect(withExplanation('audio', async () => await Promise.reject(plain))).rejects.toBe(
		plain,
	);
	const other = new Error('x');
	await expect(withExplanation('audio', async () => await Promise.reject(other))).rejects.toBe(
		other,
	);
});
