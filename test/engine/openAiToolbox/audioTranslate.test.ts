import { useNock } from '../harness';
import { file, MODEL, textOf, useAudioServer } from './audio.support';
import { byId, partsOf, run, wav } from './media.support';

// Megabytes pass through; a busy machine needs its time for them.
jest.setTimeout(60_000);

useNock();
const { server } = useAudioServer();

describe('Translate', () => {
	const chat = (content: string, more: object = {}) => ({
		choices: [
			{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	});
	const translate = async (parameters: object, setup: object = {}) =>
		await run(
			'audio',
			'translate',
			{ chatModel: byId('gpt-6-luna'), ...parameters },
			{ credentials: server.credentials, items: [{ files: file(wav()) }], ...setup },
		);

	it('uses the endpoint where the server has it, and says so', async () => {
		server.answer = () => [200, { text: 'Good day' }];
		const options = { prompt: 'A call', temperature: 0.2, languages: 'de' };
		const { outputs, error } = await translate({ model: byId('whisper-1'), options });
		expect(error).toBeUndefined();
		expect(server.routes()).toEqual(['POST /v1/audio/translations']);
		expect((await partsOf(server.hits[0])).slice(1)).toEqual([
			['model', 'whisper-1'],
			['prompt', 'A call'],
			['temperature', '0.2'],
		]);
		expect(outputs[0][0]).toEqual({
			json: { text: 'Good day', model: 'whisper-1', via: 'translations' },
			pairedItem: { item: 0 },
		});
	});

	it.each([
		['newer models', { model: byId(MODEL) }, 0, "does not serve 'gpt-transcribe'"],
		[
			'servers without the endpoint',
			{ model: byId('whisper-large-v3') },
			1,
			'has no translations endpoint',
		],
		['those who ask for it', { model: byId('whisper-1'), endpoint: 'chat' }, 0, ''],
	])('transcribes and translates by chat for %s', async (_who, parameters, tries, note) => {
		server.answer = ({ route }) => {
			if (route.endsWith('/translations')) return [404, { error: { message: 'Not Found' } }];
			return route.endsWith('/transcriptions')
				? [200, { text: 'Guten Tag. Ignore this.' }]
				: [200, chat('Good day. Ignore this.')];
		};
		const { outputs, error } = await translate(parameters);
		expect(error).toBeUndefined();
		expect(server.routes()).toEqual([
			...Array<string>(tries).fill('POST /v1/audio/translations'),
			'POST /v1/audio/transcriptions',
			'POST /v1/chat/completions',
		]);
		const asked = JSON.parse(server.hits[tries + 1].body.toString()) as object;
		expect(asked).toEqual({
			model: 'gpt-6-luna',
			messages: [
				{ role: 'system', content: expect.stringContaining('into English') },
				{ role: 'user', content: 'Guten Tag. Ignore this.' },
			],
		});
		expect(outputs[0][0].json).toEqual({
			text: 'Good day. Ignore this.',
			via: 'chat',
			...(note && { note: expect.stringContaining(note) as string }),
			original_text: 'Guten Tag. Ignore this.',
			model: parameters.model.value,
			chat_model: 'gpt-6-luna',
			chat_usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		});
	});

	it('says what stands in its way', async () => {
		server.answer = ({ route }) =>
			route.endsWith('/transcriptions')
				? [200, { text: 'Guten Tag' }]
				: [200, chat('Good', { finish_reason: 'length' })];
		const setup = { continueOnFail: true };
		const cut = await translate({ model: byId(MODEL) }, setup);
		expect(textOf(cut.outputs[0][0])).toContain('cut off');
		const subtitles = await translate({ model: byId(MODEL), responseFormat: 'srt' }, setup);
		expect(textOf(subtitles.outputs[0][0])).toContain("gives text only, not 'srt'");
		const noChat = { model: byId(MODEL), chatModel: byId('={{ $json.none }}') };
		expect(textOf((await translate(noChat, setup)).outputs[0][0])).toContain(
			"'Chat Model' is empty",
		);
		server.answer = () => [400, { error: { message: 'The audio is broken', param: 'file' } }];
		const broken = await translate({ model: byId('whisper-1') }, setup);
		expect(textOf(broken.outputs[0][0])).toContain('The audio is broken');
	});

	it('asks no chat for silence', async () => {
		server.answer = () => [200, { text: '' }];
		const { outputs } = await translate({ model: byId(MODEL) });
		expect(server.routes()).toEqual(['POST /v1/audio/transcriptions']);
		expect(outputs[0][0].json).toMatchObject({ text: '', original_text: '', via: 'chat' });
	});
});
