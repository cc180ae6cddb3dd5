import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { transcribe, type TranscriptFormat } from '../../../../lib/openai/toolbox/transcriptions';
import { memoryFile } from './media.support';

const file = memoryFile(Buffer.from('RIFF'));

async function read(data: unknown, format: TranscriptFormat = 'json') {
	const transport: Transport = async <T>({ expect: wanted }: ApiRequest) => ({
		status: 200,
		headers: {},
		data: (wanted === 'buffer' ? Buffer.from(String(data)) : data) as T,
	});
	return await transcribe(transport, file, { model: 'whisper-1', format });
}

it('reads what servers tell, and no more', async () => {
	expect(await read({ text: 'Hi' })).toEqual({ text: 'Hi', raw: { text: 'Hi' } });
	const verbose = { text: 'Hi', language: 'english', duration: 1.5, segments: [], words: [] };
	expect(await read(verbose, 'verbose_json')).toEqual({
		text: 'Hi',
		raw: verbose,
		languages: ['english'],
		duration: 1.5,
		segments: [],
		words: [],
	});
	const codes = {
		text: '',
		languages: [{ code: 'de' }, 'fr', null, 3],
		duration: 'x',
		usage: null,
	};
	expect(await read(codes)).toEqual({ text: '', raw: codes, languages: ['de', 'fr'] });
});

it('reads plain text, also where a server wraps it', async () => {
	expect((await read(' Hi \n', 'text')).text).toBe('Hi');
	expect((await read('1\n00:00 --> 00:01\nHi\n', 'srt')).text).toBe('1\n00:00 --> 00:01\nHi\n');
	expect((await read('{"text":"Hi"}', 'text')).text).toBe('Hi');
	expect((await read('{"broken', 'text')).text).toBe('{"broken');
});

it.each([[{}], [null], ['x'], [{ text: 3 }]])('finds no transcript in %j', async (data) => {
	await expect(read(data)).rejects.toThrow('without a transcript');
});

it('takes no web page for a transcript', async () => {
	await expect(read(' <!DOCTYPE html><p>', 'text')).rejects.toThrow('web page');
});
