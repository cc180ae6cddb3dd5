/** Runs until it is stopped; the first line it prints is the address and n8n's environment as JSON. */
import { parseArgs } from 'node:util';

import { startSlackSandbox } from './index';
import { startSlackProxy } from './proxy';

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
	const slack = await startSlackSandbox({ port: Number(values.port) });
	const proxy = await startSlackProxy(slack.url);
	process.stdout.write(`${JSON.stringify({ url: slack.url, env: proxy.env })}\n`);
	const stop = () => void Promise.all([slack.close(), proxy.close()]).then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
	process.exitCode = 1;
});
