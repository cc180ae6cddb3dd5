import type { BaseModel } from './baseModels';

/** The endpoints of images and sounds that a model answers at. */
export type MediaUse = 'image' | 'transcription' | 'translation' | 'speech';

const listed = { methods: [], tunable: false, chat: false };
const living = { ...listed, retired: false };
const model = (id: string, created: string, shutdown_date: string | null): BaseModel => ({
	id,
	created: Date.parse(created) / 1000,
	shutdown_date,
	...living,
});
const gone = (id: string, created: string, shutdown_date: string): BaseModel => ({
	...model(id, created, shutdown_date),
	retired: true,
});

/** https://developers.openai.com/api/docs/deprecations as of 2026-11-21; models without a date have none there. */
export const MEDIA_MODELS: BaseModel[] = [
	model('gpt-image-2.6-flare', '2026-11-04', null),
	model('gpt-image-2.6-sunburst', '2026-11-04', null),
	model('gpt-image-2.5-flare', '2026-09-08', null),
	model('gpt-image-2.5-sunburst', '2026-09-08', null),
	model('gpt-image-2', '2026-04-21', null),
	model('gpt-image-1.5', '2025-12-16', '2026-12-01'),
	model('gpt-image-1-mini', '2025-10-06', '2026-12-01'),
	gone('gpt-image-1', '2025-04-23', '2026-10-23'),
	gone('dall-e-3', '2023-11-06', '2026-05-12'),
	gone('dall-e-2', '2022-11-03', '2026-05-12'),
	model('gpt-transcribe', '2026-07-30', null),
	model('gpt-4o-transcribe', '2025-03-20', '2027-02-26'),
	model('gpt-4o-mini-transcribe', '2025-03-20', '2027-02-26'),
	model('gpt-4o-transcribe-diarize', '2025-10-15', '2027-02-26'),
	model('whisper-1', '2023-03-01', '2027-02-26'),
	model('gpt-4o-mini-tts', '2025-03-20', '2027-01-06'),
	model('tts-1', '2023-11-06', '2027-01-06'),
	model('tts-1-hd', '2023-11-06', '2027-01-06'),
];

export function usesOf(id: string): MediaUse[] {
	if (id === 'whisper-1') return ['transcription', 'translation'];
	if (/^(gpt-image|dall-e)/.test(id)) return ['image'];
	if (/transcribe/.test(id)) return ['transcription'];
	return /tts/.test(id) ? ['speech'] : [];
}
