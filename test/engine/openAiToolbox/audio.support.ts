/** What the tests of sounds share. */
import { useServer } from '../openAiFineTune/server';
import { errorOf } from './media.support';

export const MODEL = 'gpt-transcribe';
export const file = (content: Buffer, fileName = 'call.wav') => ({ data: { content, fileName } });
export const textOf = (item: Parameters<typeof errorOf>[0]) => {
	const { message, description } = errorOf(item);
	return `${message} ${description}`;
};

/** A server that is started for a test file, and ways to speak of it. */
export function useAudioServer() {
	const server = useServer();
	/** Where the vendor's limits are known. */
	const vendor = () => ({
		openAiFineTuningApi: { ...server.credentials.openAiFineTuningApi, provider: 'sandbox' },
	});

	/** Answers each request in turn with a text that is no JSON. */
	function answerText(...answers: Array<[type: string, body: Buffer | string]>) {
		const seen: object[] = [];
		server.takeOver = (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				seen.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
				const [type, body] = answers.shift() ?? ['text/plain', ''];
				response.writeHead(200, { 'content-type': type });
				response.end(body);
			});
		};
		return seen as Array<{ url: string; headers: Record<string, string>; body: Buffer }>;
	}

	return { server, vendor, answerText };
}
