import { fits, kindOf, refuseOtherKind } from '../../../../lib/openai/toolbox/modelKinds';
import {
	refuseRetired,
	successorOf,
	toolRetirementOf,
} from '../../../../lib/openai/toolbox/successors';

const TODAY = Date.parse('2026-11-21T12:00:00Z');
const LATER = Date.parse('2027-03-01T00:00:00Z');

describe('kindOf', () => {
	it.each([
		['gpt-6-luna', 'chat'],
		['ft:gpt-4.1-mini-2025-04-14:acme::x', 'chat'],
		['qwen3-32b', 'chat'],
		['text-embedding-3-small', 'embedding'],
		['BAAI/bge-m3', 'embedding'],
		['nomic-embed-text', 'embedding'],
		['omni-moderation-latest', 'moderation'],
		['openai/whisper-1', 'transcription'],
		['gpt-4o-mini-transcribe', 'transcription'],
		['gpt-4o-mini-tts', 'speech'],
		['tts-1-hd', 'speech'],
		['gpt-image-2.6-flare', 'image'],
		['chatgpt-image-latest', 'image'],
		['dall-e-3', 'image'],
		['gpt-3.5-turbo-instruct', 'completion'],
		['davinci-002', 'completion'],
		['sandbox-instruct', 'chat'],
		['gpt-realtime-2.1-mini', 'other'],
		['sora-2', 'other'],
	])('%s is %s', (id, kind) => expect(kindOf(id)).toBe(kind));

	it('offers completion models beside chat models to complete', () => {
		expect(fits('davinci-002', 'completion')).toBe(true);
		expect(fits('davinci-002', 'chat')).toBe(false);
	});
});

describe('refuseOtherKind', () => {
	it('refuses by name only where names are known', () => {
		expect(() => refuseOtherKind('tts-1', 'embedding', 'openAi')).toThrow(/it is a speech model/);
		expect(() => refuseOtherKind('gpt-realtime', 'chat', 'openAi')).toThrow(/another endpoint/);
		expect(() => refuseOtherKind('', 'chat', 'other')).toThrow("'Model' is empty");
		for (const provider of ['azureOpenAi', 'other', 'liteLlm', 'nebius', 'together'])
			expect(() => refuseOtherKind('tts-1', 'embedding', provider)).not.toThrow();
	});
});

describe('refuseRetired', () => {
	const refusal = (id: string, provider = 'openAi', now = TODAY) => {
		try {
			refuseRetired(id, provider, now);
			return undefined;
		} catch (error) {
			const { message, description } = error as { message: string; description: string };
			return `${message}. ${description}`;
		}
	};

	it.each([
		['dall-e-3', '2026-05-12', 'gpt-image-2.6-sunburst or gpt-image-2.6-flare'],
		['gpt-image-1', '2026-10-23', 'gpt-image-2.6-sunburst'],
		['gpt-4-turbo-2024-04-09', '2026-10-23', 'gpt-5.6-sol'],
		['o4-mini-2025-04-16', '2026-10-23', 'gpt-5.6-terra'],
		['ft:gpt-3.5-turbo-0125:acme::x', '2026-10-23', 'gpt-5.6-terra'],
		['text-davinci-003', '2024-01-04', 'gpt-6-luna'],
	])('%s is gone since %s: use %s', (id, date, successor) => {
		expect(refusal(id)).toMatch(new RegExp(`on ${date}.*Use ${successor.replaceAll('.', '\\.')}`));
		expect(refusal(id)).toContain('Nothing was sent');
	});

	it('lets through what still answers, what it does not know, and other providers', () => {
		for (const id of ['gpt-6-luna', 'tts-1', 'whisper-1', 'gpt-4o-2024-11-20', 'my-model', ''])
			expect(refusal(id)).toBeUndefined();
		expect(refusal('dall-e-3', 'azureOpenAi')).toBeUndefined();
		expect(refusal('dall-e-3', 'other')).toBeUndefined();
	});

	it('refuses a model from its first day without it', () => {
		const day = (date: string) => Date.parse(`${date}T12:00:00Z`);
		expect(refusal('gpt-4o', 'openAi', day('2027-01-13'))).toBeUndefined();
		expect(refusal('gpt-4o', 'openAi', day('2027-01-14'))).toContain('on 2027-01-14');
	});

	it('goes by the day, but leaves the sandbox as it is', () => {
		expect(refusal('tts-1', 'openAi', LATER)).toContain(
			'gpt-realtime-2.1-mini over the Realtime API',
		);
		expect(refusal('gpt-4o', 'openAi', LATER)).toContain('gpt-6-luna');
		expect(refusal('tts-1', 'sandbox', LATER)).toBeUndefined();
		expect(refusal('dall-e-3', 'sandbox', LATER)).toContain('dall-e-3');
	});

	it('puts what the server says of a model before the table', () => {
		expect(
			toolRetirementOf({ id: 'tts-1', shutdown_date: '2028-01-01' }, 'openAi', TODAY),
		).toMatchObject({
			shutdownDate: '2028-01-01',
			source: 'api',
		});
		expect(toolRetirementOf({ id: 'tts-1' }, 'openAi', TODAY)).toMatchObject({
			shutdownDate: '2027-01-06',
			source: 'schedule',
			daysLeft: 46,
		});
		expect(toolRetirementOf({ id: 'tts-1' }, 'other', TODAY)).toBeUndefined();
		expect(successorOf('gpt-image-1.5-2025-12-16')).toContain('gpt-image-2.6');
		expect(successorOf('__proto__')).toBeUndefined();
	});
});
