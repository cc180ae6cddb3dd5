import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { PLAIN_SUPPORT } from '../../../../lib/openai/dialects/parts';
import { speak } from '../../../../lib/openai/dialects/speak';
import type { Dialect } from '../../../../lib/openai/dialects/types';
import { otherDialect } from '../../../../lib/openai/dialects/other';
import { readMetrics } from '../../../../lib/openai/metrics/read';

const job = { id: 'ftjob-1', result_files: ['file-1'] } as Parameters<typeof readMetrics>[2];

it('takes the events of a server from which no file can be downloaded', async () => {
	const dialect: Dialect = {
		...otherDialect({ missing: ['downloadFiles'] }),
		supports: { ...PLAIN_SUPPORT, checkpoints: false },
	};
	const paths: string[] = [];
	const send = async ({ path }: ApiRequest) => {
		paths.push(path);
		const event = { id: 'e1', type: 'metrics', data: { step: 1, train_loss: 2 } };
		return { status: 200, headers: {}, data: { data: [event], has_more: false } };
	};
	expect(await readMetrics(speak(dialect, send as Transport), dialect, job)).toEqual({
		source: 'events',
		points: [{ step: 1, train_loss: 2 }],
		checkpoints: [],
	});
	expect(paths).toEqual(['/fine_tuning/jobs/ftjob-1/events']);
});
