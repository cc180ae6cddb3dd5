import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { fileKindOf } from '../../../lib/openai/fileKind';
import { checkBody, type Body, type Rule } from '../check';
import { badRequest, Refusal } from '../errors';
import { type FormFile, readForm } from '../form';
import { mp3Of, samplesOf, secondsOf, spokenText, wavOf } from '../media/sound';
import { presentTranscript } from '../media/transcript';
import { requireMediaModel } from '../mediaCheck';
import type { Sandbox } from '../sandbox';
import { NOT_TRANSLATED } from '../translationRule';

const MAX_AUDIO_BYTES = 25 * 2 ** 20;
const KINDS = ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'ogg', 'wav', 'webm'];
const CANNOT_LISTEN =
	'The sandbox cannot listen: it reads back only what it has spoken itself, as mp3 or wav.';
const VOICES = [
	'alloy',
	'ash',
	'ballad',
	'coral',
	'echo',
	'fable',
	'onyx',
	'nova',
	'sage',
	'shimmer',
	'verse',
	'marin',
	'cedar',
];

/** Which formats a model answers in, https://developers.openai.com/api/docs/guides/speech-to-text. */
const FORMATS: Record<string, string[]> = {
	'whisper-1': ['json', 'text', 'srt', 'verbose_json', 'vtt'],
	'gpt-4o-transcribe-diarize': ['json', 'text', 'diarized_json'],
};
const PLAIN_FORMATS = ['json', 'text'];

const SPEECH: Record<string, Rule> = {
	model: { type: 'string', required: true },
	input: { type: 'string', required: true, minLength: 1, maxLength: 4096 },
	voice: { type: 'any', required: true },
	instructions: { type: 'string', maxLength: 4096 },
	response_format: { type: 'string', oneOf: ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] },
	speed: { type: 'number', min: 0.25, max: 4 },
	stream_format: { type: 'string', oneOf: ['sse', 'audio'] },
};
const TRANSLATION: Record<string, Rule> = {
	model: { type: 'string', required: true },
	prompt: { type: 'string' },
	response_format: { type: 'string', oneOf: FORMATS['whisper-1'] },
	temperature: { type: 'number', min: 0, max: 1 },
};
const TRANSCRIPTION: Record<string, Rule> = {
	...TRANSLATION,
	response_format: {
		type: 'string',
		oneOf: ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'],
	},
	language: { type: 'string', minLength: 2 },
	languages: { type: 'array', minLength: 1, items: { type: 'string' } },
	keywords: { type: 'array', items: { type: 'string' } },
	include: { type: 'array', items: { type: 'string', oneOf: ['logprobs'] } },
	timestamp_granularities: {
		type: 'array',
		items: { type: 'string', oneOf: ['word', 'segment'] },
	},
	chunking_strategy: { type: 'any' },
	known_speaker_names: { type: 'array', maxLength: 4, items: { type: 'string' } },
	known_speaker_references: { type: 'array', maxLength: 4, items: { type: 'string' } },
	stream: { type: 'boolean' },
};

/** https://developers.openai.com/api/reference/resources/audio; it hears nothing but what it has spoken. */
export function audioRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.post('/v1/audio/speech', ({ body: json }, reply) => {
		const body = checkBody(json, SPEECH);
		requireMediaModel(sandbox, body.model, 'speech');
		return sendSpeech(body, reply);
	});

	app.post('/v1/audio/transcriptions', async (request, reply) => {
		const { fields, file } = await readAudio(request, TRANSCRIPTION);
		const model = requireMediaModel(sandbox, fields.model, 'transcription');
		const format = checkFormat(model, fields);
		const text = spokenText(file.content) ?? CANNOT_LISTEN;
		return send(reply, format, text, { model, fields, file });
	});

	app.post('/v1/audio/translations', async (request, reply) => {
		const { fields, file } = await readAudio(request, TRANSLATION);
		const model = requireMediaModel(sandbox, fields.model, 'translation');
		const spoken = spokenText(file.content);
		const text = spoken === undefined ? CANNOT_LISTEN : `${NOT_TRANSLATED} ${spoken}`;
		const format = (fields.response_format as string | undefined) ?? 'json';
		return send(reply, format, text, { model, fields, file });
	});
}

function send(
	reply: FastifyReply,
	format: string,
	text: string,
	{ model, fields, file }: { model: string; fields: Body; file: FormFile },
) {
	const answer = presentTranscript(format, {
		text,
		seconds: secondsOf(file.content),
		model,
		granularities: (fields.timestamp_granularities as string[] | undefined) ?? ['segment'],
		speaker: (fields.known_speaker_names as string[] | undefined)?.[0] ?? 'A',
	});
	if (typeof answer !== 'string') return answer;
	return reply.type('text/plain; charset=utf-8').send(answer);
}

function sendSpeech(body: Body, reply: FastifyReply): FastifyReply {
	checkVoice(body.voice);
	const format = (body.response_format as string | undefined) ?? 'mp3';
	const speed = (body.speed as number | undefined) ?? 1;
	const text = String(body.input).replaceAll('\0', '');
	if (body.stream_format === 'sse') throw notSupported('no events', 'stream_format');
	switch (format) {
		case 'mp3':
			return reply.type('audio/mpeg').send(mp3Of(text, speed));
		case 'wav':
			return reply.type('audio/wav').send(wavOf(text, speed));
		case 'pcm':
			return reply.type('audio/pcm').send(samplesOf(text, speed));
	}
	throw notSupported(`mp3, wav and pcm, and no ${format}`, 'response_format');
}

function notSupported(what: string, param: string): Refusal {
	return badRequest(`The sandbox speaks ${what}.`, param, 'sandbox_not_supported');
}

function checkVoice(voice: unknown): void {
	if (typeof voice === 'string' && VOICES.includes(voice)) return;
	const id = (voice as { id?: unknown } | null)?.id;
	if (typeof id === 'string') {
		throw new Refusal(404, `No such voice: ${id}`, { param: 'voice', code: 'voice_not_found' });
	}
	const names = VOICES.map((name) => `'${name}'`).join(', ');
	throw badRequest(
		`Invalid value: '${String(voice).slice(0, 100)}'. Supported values are: ${names}.`,
		'voice',
		'invalid_value',
	);
}

async function readAudio(request: FastifyRequest, rules: Record<string, Rule>) {
	const { fields, files } = await readForm(request, rules, MAX_AUDIO_BYTES);
	const file = files.get('file')?.[0];
	if (!file) throw badRequest("Missing required parameter: 'file'.", 'file');
	if (!KINDS.includes(fileKindOf(file.content)?.id ?? '')) {
		throw badRequest(
			"Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm']",
			'file',
		);
	}
	if (secondsOf(file.content) < 0.1) {
		throw badRequest(
			'Audio file is too short. Minimum audio length is 0.1 seconds.',
			'file',
			'audio_too_short',
		);
	}
	return { fields, file };
}

function checkFormat(model: string, fields: Body): string {
	const format = (fields.response_format as string | undefined) ?? 'json';
	const formats = FORMATS[model] ?? PLAIN_FORMATS;
	if (!formats.includes(format)) {
		const names = formats.map((name) => `'${name}'`).join(' or ');
		throw badRequest(
			`response_format '${format}' is not compatible with model '${model}'. Use ${names} instead.`,
			'response_format',
			'unsupported_value',
		);
	}
	if (fields.timestamp_granularities && format !== 'verbose_json') {
		throw badRequest(
			"Timestamp granularities are only supported with response_format 'verbose_json'.",
			'timestamp_granularities',
		);
	}
	for (const name of ['languages', 'keywords']) {
		if (fields[name] === undefined || model === 'gpt-transcribe') continue;
		throw badRequest(`'${name}' is not supported with model '${model}'.`, name);
	}
	if (fields.stream === true) throw notSupported('whole texts, and no events', 'stream');
	return format;
}
