import type { GoldenRecord } from '../../../lib/golden/types';

/** A record as Golden Set writes it. */
export function recordOf(id: string, answer: string | null, more: object = {}): GoldenRecord {
	return {
		golden: 1,
		id,
		question: `Question ${id}`,
		messages: [{ role: 'user', content: `Question ${id}` }],
		answer,
		model: 'model-a',
		answered_by: 'model-a',
		provider: 'openAi',
		settings: {},
		request_sha256: 'x',
		answer_sha256: 'y',
		finish_reason: 'stop',
		latency_ms: 100,
		usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
		estimated_cost: null,
		recorded_at: '2026-11-21T00:00:00.000Z',
		...more,
	};
}
