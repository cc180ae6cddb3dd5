/** The same call made by the official SDK and by lib/openai/toolbox must send the same. */
import OpenAI, { toFile } from 'openai';

import { multipartChunks, multipartType, isFile } from '../../../lib/http/multipart';
import type { ApiRequest, Transport } from '../../../lib/http/types';
import { editImages, generateImages } from '../../../lib/openai/toolbox/images';
import { speak } from '../../../lib/openai/toolbox/speech';
import { transcribe } from '../../../lib/openai/toolbox/transcriptions';
import { translate } from '../../../lib/openai/toolbox/translations';
import { Specification } from '../specification';

interface Sent {
	method: string;
	path: string;
	/** JSON as a value; forms as their parts, sorted by name and otherwise in order. */
	body: unknown;
}

const BASE = 'http://127.0.0.1:9/v1';
const CONTENT = Buffer.from('some bytes');
const file = (fileName: string, mimeType: string) => ({
	fileName,
	mimeType,
	bytes: CONTENT.length,
	open: async function* () {
		yield CONTENT;
	},
});
const sdkFile = async (name: string, type: string) => await toFile(CONTENT, name, { type });

async function sentBy(call: (fetch: typeof globalThis.fetch) => PromiseLike<unknown>) {
	const sent: Sent[] = [];
	await call(async (input, init) => {
		const request = new Request(input as string, { ...init, duplex: 'half' } as RequestInit);
		if (request.url.startsWith('data:')) return new Response();
		const path = new URL(request.url).pathname.replace('/v1', '');
		sent.push({ method: request.method, path, body: await bodyOf(request) });
		return Response.json({ text: 'x', created: 1, data: [] });
	});
	return sent;
}

async function bodyOf(request: Request): Promise<unknown> {
	if (request.headers.get('content-type')?.startsWith('application/json')) {
		return (await request.json()) as unknown;
	}
	const parts: Array<[name: string, value: unknown]> = [];
	(await request.formData()).forEach((value, name) => {
		const text = typeof value === 'string';
		parts.push([name, text ? value : [value.name, value.type, value.size]]);
	});
	return parts.sort(([a], [b]) => a.localeCompare(b));
}

const bySdk = (call: (client: OpenAI) => PromiseLike<unknown>) => async () =>
	await sentBy(
		async (fetch) =>
			await call(new OpenAI({ apiKey: 'sk-test', baseURL: BASE, fetch, maxRetries: 0 })),
	);

const byUs = (call: (transport: Transport) => Promise<unknown>) => async () =>
	await sentBy(async (fetch) => await call(transportOver(fetch)));

function transportOver(fetch: typeof globalThis.fetch): Transport {
	return async <T>(request: ApiRequest) => {
		const { method, path, form, body, expect: wanted } = request;
		const [type, content] = form
			? [multipartType('oracle'), await formBytes(form)]
			: ['application/json', JSON.stringify(body)];
		const response = await fetch(BASE + path, {
			method,
			headers: { 'content-type': type },
			body: content,
		});
		const data: unknown =
			wanted === 'stream' || wanted === 'buffer'
				? Buffer.from(await response.arrayBuffer())
				: await response.json();
		return { status: 200, headers: {}, data: data as T };
	};
}

async function formBytes(form: NonNullable<ApiRequest['form']>): Promise<Uint8Array<ArrayBuffer>> {
	const opened = await Promise.all(form.filter(isFile).map(async (part) => await part.content()));
	const chunks: Uint8Array[] = [];
	for await (const chunk of multipartChunks(form, 'oracle', opened)) chunks.push(chunk);
	return new Uint8Array(Buffer.concat(chunks));
}

const settings = {
	n: 2,
	size: '1536x1024',
	quality: 'high',
	background: 'opaque',
	output_format: 'jpeg',
	output_compression: 80,
	moderation: 'low',
} as const;
const prompt = 'A boat, "très" petit';
const wav = ['a.wav', 'audio/wav'] as const;
const [first, second, mask] = ['a.png', 'b.png', 'm.png'].map(
	(name) => [name, 'image/png'] as const,
);
const detection = {
	type: 'server_vad',
	prefix_padding_ms: 1,
	silence_duration_ms: 2,
	threshold: 0.4,
} as const;

const CALLS: Array<[what: string, sdk: () => Promise<Sent[]>, ours: () => Promise<Sent[]>]> = [
	[
		'images/generations',
		bySdk(
			async (client) => await client.images.generate({ model: 'gpt-image-2', prompt, ...settings }),
		),
		byUs(
			async (transport) =>
				await generateImages(transport, { model: 'gpt-image-2', prompt, ...settings }),
		),
	],
	[
		'images/edits with one image',
		bySdk(
			async (client) =>
				await client.images.edit({ model: 'gpt-image-2', prompt, image: await sdkFile(...first) }),
		),
		byUs(
			async (transport) =>
				await editImages(transport, { model: 'gpt-image-2', prompt }, { images: [file(...first)] }),
		),
	],
	[
		'images/edits with all there is',
		bySdk(async (client) => {
			const { moderation: _moderation, ...rest } = settings;
			return await client.images.edit({
				model: 'gpt-image-1.5',
				prompt,
				image: [await sdkFile(...first), await sdkFile(...second)],
				mask: await sdkFile(...mask),
				input_fidelity: 'high',
				...rest,
			});
		}),
		byUs(async (transport) => {
			const { moderation: _moderation, ...rest } = settings;
			const request = { model: 'gpt-image-1.5', prompt, input_fidelity: 'high', ...rest } as const;
			const images = [file(...first), file(...second)];
			return await editImages(transport, request, { images, mask: file(...mask) });
		}),
	],
	[
		'audio/transcriptions for the newest model',
		bySdk(
			async (client) =>
				await client.audio.transcriptions.create({
					file: await sdkFile(...wav),
					model: 'gpt-transcribe',
					languages: ['de', 'fr'],
					keywords: ['toner', 'Brother'],
					prompt,
					temperature: 0.2,
					chunking_strategy: 'auto',
				}),
		),
		byUs(
			async (transport) =>
				await transcribe(transport, file(...wav), {
					model: 'gpt-transcribe',
					format: 'json',
					languages: ['de', 'fr'],
					keywords: ['toner', 'Brother'],
					prompt,
					temperature: 0.2,
					chunking: 'auto',
				}),
		),
	],
	[
		'audio/transcriptions with times',
		bySdk(
			async (client) =>
				await client.audio.transcriptions.create({
					file: await sdkFile(...wav),
					model: 'whisper-1',
					language: 'de',
					response_format: 'verbose_json',
					timestamp_granularities: ['word', 'segment'],
				}),
		),
		byUs(
			async (transport) =>
				await transcribe(transport, file(...wav), {
					model: 'whisper-1',
					format: 'verbose_json',
					languages: ['de'],
					timestamps: ['word', 'segment'],
				}),
		),
	],
	[
		'audio/transcriptions with speakers',
		bySdk(
			async (client) =>
				await client.audio.transcriptions.create({
					file: await sdkFile(...wav),
					model: 'gpt-4o-transcribe-diarize',
					response_format: 'diarized_json',
					chunking_strategy: detection,
					known_speaker_names: ['agent', 'caller'],
					known_speaker_references: ['data:audio/wav;base64,AA==', 'data:audio/wav;base64,BB=='],
				}),
		),
		byUs(
			async (transport) =>
				await transcribe(transport, file(...wav), {
					model: 'gpt-4o-transcribe-diarize',
					format: 'diarized_json',
					chunking: detection,
					speakers: [
						{ name: 'agent', sample: 'data:audio/wav;base64,AA==' },
						{ name: 'caller', sample: 'data:audio/wav;base64,BB==' },
					],
				}),
		),
	],
	[
		'audio/translations',
		bySdk(
			async (client) =>
				await client.audio.translations.create({
					file: await sdkFile(...wav),
					model: 'whisper-1',
					prompt,
					response_format: 'srt',
					temperature: 0.2,
				}),
		),
		byUs(
			async (transport) =>
				await translate(
					transport,
					file(...wav),
					{
						model: 'whisper-1',
						chatModel: '',
						route: 'translations',
						format: 'srt',
						prompt,
						temperature: 0.2,
					},
					{ provider: 'openAi', now: 0 },
				),
		),
	],
	[
		'audio/speech',
		bySdk(
			async (client) =>
				await client.audio.speech.create({
					model: 'gpt-4o-mini-tts',
					input: 'Grüße',
					voice: { id: 'voice_1' },
					response_format: 'wav',
					instructions: 'Kindly',
					speed: 1.5,
				}),
		),
		byUs(
			async (transport) =>
				await speak(transport, 'Grüße', {
					model: 'gpt-4o-mini-tts',
					voice: 'voice_1',
					format: 'wav',
					instructions: 'Kindly',
					speed: 1.5,
				}),
		),
	],
];

it.each(CALLS)('%s', async (_what, sdk, ours) => {
	const mine = await ours();
	expect(mine).toEqual(await sdk());
	expect(mine).toHaveLength(1);
	const [{ method, path, body }] = mine;
	const misfits = Array.isArray(body)
		? []
		: (Specification.load()?.requestMisfits(method, path, body) ?? []);
	expect(misfits).toEqual([]);
});
