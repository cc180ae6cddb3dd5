import { wayOf } from '../../../../lib/openai/toolbox/translations';

const BEFORE = Date.parse('2027-02-25T23:59:59Z');
const AFTER = Date.parse('2027-02-26');

it.each([
	['auto', 'whisper-1', 'openAi', BEFORE, 'try'],
	['auto', 'whisper-1', 'openAi', AFTER, 'chat'],
	['auto', 'gpt-transcribe', 'openAi', BEFORE, 'chat'],
	['auto', 'gpt-4o-transcribe', 'other', BEFORE, 'chat'],
	['auto', 'whisper-large-v3', 'openAi', BEFORE, 'chat'],
	['auto', 'whisper-large-v3', 'other', AFTER, 'try'],
	['auto', 'whisper-1', 'sandbox', AFTER, 'try'],
	['translations', 'gpt-transcribe', 'openAi', AFTER, 'translations'],
	['chat', 'whisper-1', 'openAi', BEFORE, 'chat'],
] as const)('%s with %s at %s (%d): %s', (route, model, provider, now, way) => {
	expect(wayOf({ route, model }, provider, now)).toBe(way);
});
